/*
 * The time that answering one client may take: of each minute so many per cent.
 * A client begins with the part of a whole minute; each answer takes from that
 * as long as it kept the database or p1graph busy, and what goes by gives its
 * part back. So a person who looks at much at once waits for nothing, and a
 * program that asks on and on gets its part. Pure: clients are numbers, time is
 * told.
 */
#ifndef WEB_BUDGET_H
#define WEB_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

enum {
	BUDGET_CLIENTS = 256,
	BUDGET_UNKNOWN_MS = 1500, /* what a client is expected to take first */
};

struct budget {
	long percent; /* more than 0 */
	bool endless; /* nobody is refused: the percent only say whose turn it is */
	struct budget_client {
		uint64_t who; /* 0: nobody */
		int64_t at_ms;
		int64_t left; /* hundredths of a millisecond */
		int64_t last_ms;
	} client[BUDGET_CLIENTS];
};

/*
 * What the client `who` has left at the monotonic now_ms, in ms; may be below 0.
 * The client 0 has spent nothing, ever.
 */
int64_t budget_left_ms(const struct budget *b, uint64_t who, int64_t now_ms);

/*
 * The same without what its next answer is expected to take: as long as its last
 * one. So a client that asks little goes before those that nobody knows yet.
 */
int64_t budget_rank_ms(const struct budget *b, uint64_t who, int64_t now_ms);

/*
 * Take `ms` from it. When there are too many clients, the one that owes least
 * is forgotten.
 */
void budget_spend(struct budget *b, uint64_t who, int64_t ms, int64_t now_ms);

/* Seconds after which the client may ask again; 0: it may ask now. */
long budget_wait_s(const struct budget *b, uint64_t who, int64_t now_ms);

#endif
