/*
 * Limit the time spent on one client to a percentage of each minute. A client
 * starts with the share of a full minute; each response costs the time that it
 * kept the database or p1graph busy, and the share is refilled as time passes.
 * So a person who opens several views at once need not wait, and a program that
 * never stops asking gets no more than its share. Pure: clients are numbers,
 * and time is a parameter.
 */
#ifndef WEB_CLIENT_BUDGET_H
#define WEB_CLIENT_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CLIENT_BUDGET_CLIENTS = 256,
	CLIENT_BUDGET_UNKNOWN_MS =
		1500, /* assumed cost of a client's first response */
};

struct client_budget {
	long percent; /* above 0 */
	bool endless; /* never refuse: the percentage only decides who is
			 served next */
	struct client_budget_client {
		uint64_t who; /* 0: unused */
		int64_t at_ms;
		int64_t left; /* hundredths of a millisecond */
		int64_t last_ms;
	} client[CLIENT_BUDGET_CLIENTS];
};

/*
 * Remaining time of client `who` at the monotonic now_ms, in ms; may be
 * negative. Client 0 never spends anything.
 */
int64_t client_budget_left_ms(const struct client_budget *b, uint64_t who,
			      int64_t now_ms);

/*
 * Remaining time after the client's next response, assumed to cost as much as
 * its last one. So clients with small requests come before unknown ones.
 */
int64_t client_budget_rank_ms(const struct client_budget *b, uint64_t who,
			      int64_t now_ms);

/*
 * Charge `ms` to the client. If there are too many clients, the one that owes
 * the least is forgotten.
 */
void client_budget_spend(struct client_budget *b, uint64_t who, int64_t ms,
			 int64_t now_ms);

/* Seconds until the client may ask again; 0 if it may now. */
long client_budget_wait_s(const struct client_budget *b, uint64_t who,
			  int64_t now_ms);

#endif
