#include "web/client_budget.h"

#include <stddef.h>

enum { MINUTE_MS = 60000, UNIT = 100 /* hundredths of a ms */ };

static int64_t full(const struct client_budget *b)
{
	return b->percent * MINUTE_MS;
}

static int64_t left(const struct client_budget *b,
		    const struct client_budget_client *c, int64_t now_ms)
{
	int64_t now = c->left + (now_ms - c->at_ms) * b->percent;

	return c->who != 0 && now < full(b) ? now : full(b);
}

static const struct client_budget_client *find(const struct client_budget *b,
					       uint64_t who)
{
	for (int i = 0; who != 0 && i < CLIENT_BUDGET_CLIENTS; i++)
		if (b->client[i].who == who)
			return &b->client[i];
	return NULL;
}

static int64_t left_of(const struct client_budget *b, uint64_t who,
		       int64_t now_ms)
{
	const struct client_budget_client *c = find(b, who);

	return c != NULL ? left(b, c, now_ms) : full(b);
}

int64_t client_budget_left_ms(const struct client_budget *b, uint64_t who,
			      int64_t now_ms)
{
	return left_of(b, who, now_ms) / UNIT;
}

int64_t client_budget_rank_ms(const struct client_budget *b, uint64_t who,
			      int64_t now_ms)
{
	const struct client_budget_client *c = find(b, who);
	int64_t next = c != NULL ? c->last_ms : CLIENT_BUDGET_UNKNOWN_MS;

	return client_budget_left_ms(b, who, now_ms) - (who != 0 ? next : 0);
}

/*
 * The client's own entry, or that of the client that owes least; a client
 * without an entry owes nothing.
 */
static struct client_budget_client *place(struct client_budget *b, uint64_t who,
					  int64_t now_ms)
{
	struct client_budget_client *best = b->client;

	for (int i = 0; i < CLIENT_BUDGET_CLIENTS; i++) {
		struct client_budget_client *c = &b->client[i];

		if (c->who == who)
			return c;
		if (left(b, c, now_ms) > left(b, best, now_ms))
			best = c;
	}
	return best;
}

void client_budget_spend(struct client_budget *b, uint64_t who, int64_t ms,
			 int64_t now_ms)
{
	int64_t had = left_of(b, who, now_ms);

	if (who != 0)
		*place(b, who, now_ms) =
			(struct client_budget_client){ who, now_ms,
						       had - ms * UNIT, ms };
}

long client_budget_wait_s(const struct client_budget *b, uint64_t who,
			  int64_t now_ms)
{
	int64_t had = left_of(b, who, now_ms);

	if (b->endless || had > 0)
		return 0;
	return (long)(-had / (1000 * b->percent) + 1);
}
