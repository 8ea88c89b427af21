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
 * so the first register is looked at beforehand.
 */
struct link {
	int64_t best; /* weight of the chain; 0 of a rejected reading */
	int64_t most; /* the heaviest so far, of all links up to this one */
	int previous; /* reading before in the chain; -1: none */
	int first;    /* register that is looked at; -1: none */
	int64_t value, level, spare; /* of it */
};

struct chain {
	const struct judge_rates *rates;
	const struct chain_reading *list;
	int n;
	unsigned fixed;
	struct link *link; /* of each reading */
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

/*
 * Look at the first register, which tells most readings that cannot follow each other
 * apart. `level` is what it shows less what the connection could have added until then:
 * of two readings of which one can follow the other, the later one's is not higher, but
 * for what is spare.
 */
static struct link link_of(const struct chain *c, int j)
{
	const struct judge_point *p = &c->list[j].point;
	const int i = judge_first(p);
	const int64_t elapsed = p->ts - c->list[0].point.ts;
	const int64_t rate = c->rates->per_hour[i];
	struct link link = { .previous = -1, .first = -1 };

	if (p->have == 0 || judge_near_end(p->value[i]))
		return link; /* it may roll over */
	link.first = i;
	link.value = p->value[i];
	link.level = rate ? link.value - rate * elapsed / HOUR : 0;
	/* Two roundings. */
	link.spare = rate ? judge_climb(c->rates, i, 0) + 2 : 0;
	return link;
}

/* Is it certain that b cannot follow a? */
static bool is_shut_out(const struct link *a, const struct link *b)
{
	return a->first == b->first && a->first >= 0 &&
	       (a->value > b->value || a->level < b->level - b->spare);
}

static void judge_reading(struct chain *c, int j)
{
	const bool pinned = c->list[j].pin == PIN_ACCEPTED;
	struct link *link = &c->link[j];
	int64_t found = 0;

	/* Of equally heavy predecessors the first. */
	for (int i = j - 1; i >= 0 && c->link[i].most >= found; i--) {
		const struct link *a = &c->link[i];

		if (a->best > 0 && a->best >= found &&
		    (pinned || !is_shut_out(a, link)) && can_extend(c, i, j)) {
			found = a->best;
			link->previous = i;
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

int chain_find(const struct judge_rates *r, struct chain_reading *list,
	       size_t n, unsigned fixed, int64_t *weight, struct err *e)
{
	struct chain c = {
		.rates = r, .list = list, .n = (int)n, .fixed = fixed
	};

	*weight = 0;
	for (size_t i = 0; i < n; i++)
		list[i].chosen = false;
	if (n == 0)
		return 0;
	c.link = malloc(n * sizeof(*c.link));
	if (c.link == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	for (int j = 0; j < c.n; j++) {
		struct link *link = &c.link[j];

		*link = link_of(&c, j);
		if (list[j].pin != PIN_REJECTED)
			judge_reading(&c, j);
		link->most = j > 0 && link[-1].most > link->best ? link[-1].most
								 : link->best;
	}
	for (int i = heaviest_end(&c); i >= 0; i = c.link[i].previous) {
		list[i].chosen = true;
		*weight += own_weight(&list[i]);
	}
	free(c.link);
	return 0;
}
