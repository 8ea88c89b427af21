#include "storage/judge/chain.h"

#include <stdlib.h>

enum { HOUR = 3600 };

/* Weights of one telegram that counts, and of a reading that must be chosen. */
#define COUNTS (INT64_C(1) << 20)
#define FORCED (INT64_C(1) << 50)

/*
 * Dynamic programming: link[j] is the heaviest chain that ends in reading j. Its
 * predecessor is sought backwards, to where no earlier chain is as heavy as the best
 * that was found. A lie, which finds none, is compared with all readings before it;
 * so the register that told it from the last one is looked at beforehand.
 */
struct link {
	int64_t best;  /* weight of the chain; 0 of a rejected reading */
	int64_t most;  /* the heaviest so far, of all links up to this one */
	int previous;  /* reading before in the chain; -1: none */
	unsigned sure; /* its registers that cannot roll over */
};

/*
 * A register of a reading. `level` is what it shows less what the connection could
 * have added until then: of two readings of which one can follow the other, the later
 * one's is not higher, but for what is spare. Of a register that is not sure: so that
 * it tells nothing of a later reading.
 */
struct mark {
	int64_t value, level;
};

struct chain {
	const struct judge_rates *rates;
	const struct chain_reading *list;
	int n;
	unsigned fixed;
	struct link *link; /* of each reading */
	unsigned have;	   /* registers that any reading shows */
	struct mark *mark[JUDGE_REGISTERS]; /* of each reading, of these */
	int64_t spare[JUDGE_REGISTERS];
};

int chain_compare(const void *a, const void *b)
{
	const struct judge_point *x = &((const struct chain_reading *)a)->point;
	const struct judge_point *y = &((const struct chain_reading *)b)->point;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	if (x->have != y->have)
		return x->have < y->have ? -1 : 1;
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (x->have >> i & 1 && x->value[i] != y->value[i])
			return x->value[i] < y->value[i] ? -1 : 1;
	return 0;
}

static bool is_fixed(const struct chain *c, int i)
{
	return (i == 0 && c->fixed & CHAIN_FIRST) ||
	       (i == c->n - 1 && c->fixed & CHAIN_LAST);
}

/* What a reading weighs wherever it stands in the list. */
static int64_t own_weight(const struct chain_reading *r)
{
	return (r->pin == PIN_ACCEPTED ? FORCED : 0) +
	       (judge_is_zero(&r->point) ? r->weight : r->weight * COUNTS);
}

static int64_t weight_of(const struct chain *c, int i)
{
	return own_weight(&c->list[i]) + (is_fixed(c, i) ? FORCED : 0);
}

/* Can reading j follow the chain that ends in reading i? */
static bool can_extend(const struct chain *c, int i, int j)
{
	const struct judge_point *p = &c->list[j].point;
	unsigned open = ~0u;

	if (c->list[j].pin == PIN_ACCEPTED)
		return p->ts > c->list[i].point.ts;
	for (; open && i >= 0; i = c->link[i].previous) {
		const struct judge_point *q = &c->list[i].point;

		if (!judge_can_follow(c->rates, q, p, open))
			return false;
		open &= p->have & ~q->have;
		if (c->list[i].pin == PIN_ACCEPTED)
			break;
	}
	return true;
}

static void mark_reading(struct chain *c, int j)
{
	const struct judge_point *p = &c->list[j].point;
	const int64_t elapsed = p->ts - c->list[0].point.ts;

	c->link[j] = (struct link){ .previous = -1 };
	for (int i = 0; c->have >> i; i++) {
		const int64_t rate = c->rates->per_hour[i], v = p->value[i];

		if (!(c->have >> i & 1))
			continue;
		c->mark[i][j] = (struct mark){ INT64_MIN, INT64_MAX };
		if (!(p->have >> i & 1) || judge_near_end(v))
			continue;
		c->link[j].sure |= 1u << i;
		c->mark[i][j] =
			(struct mark){ v,
				       rate ? v - rate * elapsed / HOUR : 0 };
	}
}

/* Is it certain by register i, sure of reading b, that b cannot follow a? */
static bool is_shut_out(const struct chain *c, int a, int b, int i)
{
	const struct mark *x = &c->mark[i][a], *y = &c->mark[i][b];

	return x->value > y->value || x->level < y->level - c->spare[i];
}

/* A register by which that is certain; -1: there is none. */
static int telling(const struct chain *c, int a, int b)
{
	const unsigned sure = c->link[b].sure;

	for (int i = 0; sure >> i; i++)
		if (sure >> i & 1 && is_shut_out(c, a, b, i))
			return i;
	return -1;
}

static void judge_reading(struct chain *c, int j)
{
	const bool pinned = c->list[j].pin == PIN_ACCEPTED;
	struct link *link = &c->link[j];
	int64_t found = 0;
	int tells = -1;

	/* Of equally heavy predecessors the first. */
	for (int i = j - 1; i >= 0 && c->link[i].most >= found; i--) {
		const int64_t best = c->link[i].best;

		if (best == 0 || best < found ||
		    (tells >= 0 && is_shut_out(c, i, j, tells)))
			continue;
		if (can_extend(c, i, j)) {
			found = best;
			link->previous = i;
		} else if (!pinned) {
			tells = telling(c, i, j);
		}
	}
	link->best = found + weight_of(c, j);
}

/* The end of the heaviest chain, of equal ones the first; -1: none. */
static int heaviest_end(const struct chain *c)
{
	int end = -1;

	for (int j = 0; j < c->n; j++)
		if (c->list[j].pin != PIN_REJECTED &&
		    (end < 0 || c->link[j].best > c->link[end].best))
			end = j;
	return end;
}

static int prepare(struct chain *c, struct err *e)
{
	const size_t n = (size_t)c->n;
	bool short_of_memory;

	for (size_t j = 0; j < n; j++)
		c->have |= c->list[j].point.have;
	c->link = malloc(n * sizeof(*c->link));
	short_of_memory = c->link == NULL;
	for (int i = 0; c->have >> i; i++) {
		if (!(c->have >> i & 1))
			continue;
		c->mark[i] = malloc(n * sizeof(*c->mark[i]));
		short_of_memory = short_of_memory || c->mark[i] == NULL;
		if (c->rates->per_hour[i]) /* and two roundings */
			c->spare[i] = judge_climb(c->rates, i, 0) + 2;
	}
	return short_of_memory ? err_set(e, ERR_FAILED, "out of memory") : 0;
}

static void judge_all(struct chain *c)
{
	int64_t most = 0;

	for (int j = 0; j < c->n; j++) {
		struct link *link = &c->link[j];

		mark_reading(c, j);
		if (c->list[j].pin != PIN_REJECTED)
			judge_reading(c, j);
		if (link->best > most)
			most = link->best;
		link->most = most;
	}
}

int chain_find(const struct judge_rates *r, struct chain_reading *list,
	       size_t n, unsigned fixed, int64_t *weight, struct err *e)
{
	struct chain c = {
		.rates = r, .list = list, .n = (int)n, .fixed = fixed
	};
	int rc;

	*weight = 0;
	for (size_t i = 0; i < n; i++)
		list[i].chosen = false;
	if (n == 0)
		return 0;
	rc = prepare(&c, e);
	if (rc == 0)
		judge_all(&c);
	for (int i = rc == 0 ? heaviest_end(&c) : -1; i >= 0;
	     i = c.link[i].previous) {
		list[i].chosen = true;
		*weight += own_weight(&list[i]);
	}
	free(c.link);
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		free(c.mark[i]);
	return rc;
}
