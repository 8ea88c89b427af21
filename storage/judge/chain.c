#include "storage/judge/chain.h"

#include <stdlib.h>

#include "base/utc.h"

/* Weights of one telegram that counts, and of a reading that must be chosen. */
#define COUNTS (INT64_C(1) << 20)
#define FORCED (INT64_C(1) << 50)

/*
 * Dynamic programming: link[j] is the heaviest chain that ends in reading j.
 * Its predecessor is searched in a tree over the readings in order of their
 * counters' sum: a node is skipped if, by its sum, none of its readings can
 * precede j, or none has a heavier chain. False readings are far from true ones
 * in this order, so few nodes are visited.
 */
struct link {
	int64_t best; /* weight of the chain */
	int previous; /* reading before in the chain; -1: none */
	int rank;     /* its place in order of the sum */
};

/*
 * The sum of a reading's registers; INT64_MIN and INT64_MAX: other registers.
 */
struct ranked {
	int64_t value; /* sum of the counters */
	int64_t level; /* minus what the connection could have added until then */
	int reading;
	bool open; /* near its end, or not shown: it may precede anything */
};

/* A node sums up the judged readings below it. */
struct node {
	int64_t best;	   /* the heaviest chain */
	int first;	   /* the first reading with it */
	int64_t low, high; /* the lowest value, the highest level */
};

struct chain {
	const struct judge_rates *rates;
	const struct chain_reading *list;
	int n, leaves;
	unsigned fixed;
	struct link *link;   /* one link per reading */
	struct ranked *look; /* by rank */
	struct node *tree;   /* from 1: node k has the children 2k and 2k + 1 */
	int64_t spare;	     /* by which a later level may be higher */
};

/* What can precede a reading: no higher value, no lower level. */
struct predecessor {
	int64_t most, least;
	int64_t best; /* weight of its chain; 0: there is none */
	int reading;
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

/* The weight of a reading wherever it is in the list. */
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

static int by_value(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->reading < y->reading ? -1 : 1;
}

/*
 * Look at the sum of the registers that the first reading shows: it cannot
 * fall, nor climb faster than all of them together. It says nothing of readings
 * with other registers.
 */
static void look_at(struct chain *c, unsigned have)
{
	int64_t rate = 0;
	bool limited = true;

	for (int i = 0; have >> i; i++) {
		if (!(have >> i & 1))
			continue;
		limited = limited && c->rates->per_hour[i] > 0;
		rate += c->rates->per_hour[i];
		if (limited) /* two roundings each */
			c->spare += judge_climb(c->rates, i, 0) + 2;
	}
	for (int j = 0; j < c->n; j++) {
		const struct judge_point *p = &c->list[j].point;
		const int64_t elapsed = p->ts - c->list[0].point.ts;
		struct ranked *look = &c->look[j];

		*look = (struct ranked){ INT64_MIN, INT64_MAX, j, true };
		if (have == 0 || p->have != have)
			continue;
		*look = (struct ranked){ .reading = j };
		for (int i = 0; have >> i; i++)
			if (have >> i & 1) {
				look->value += p->value[i];
				look->open |= judge_near_end(p->value[i]);
			}
		if (limited)
			look->level = look->value - rate * elapsed / HOUR_S;
	}
	qsort(c->look, (size_t)c->n, sizeof(*c->look), by_value);
	for (int rank = 0; rank < c->n; rank++)
		c->link[c->look[rank].reading].rank = rank;
}

/* Put reading j, whose best is known, into its leaf and the nodes above. */
static void enter(struct chain *c, int j)
{
	const struct ranked *look = &c->look[c->link[j].rank];
	const int64_t low = look->open ? INT64_MIN : look->value;
	const int64_t high = look->open ? INT64_MAX : look->level;

	for (int k = c->leaves + c->link[j].rank; k > 0; k /= 2) {
		struct node *node = &c->tree[k];

		if (c->link[j].best > node->best) {
			node->best = c->link[j].best;
			node->first = j;
		}
		if (low < node->low)
			node->low = low;
		if (high > node->high)
			node->high = high;
	}
}

/* Find the best predecessor of j below node k; of equal ones the first. */
static void search(const struct chain *c, int k, int j,
		   struct predecessor *found)
{
	const struct node *node = &c->tree[k];

	if (node->best < found->best ||
	    (node->best == found->best && node->first >= found->reading) ||
	    node->low > found->most || node->high < found->least)
		return;
	if (k < c->leaves) {
		search(c, 2 * k + 1, j, found);
		search(c, 2 * k, j, found);
	} else if (can_extend(c, node->first, j)) {
		found->best = node->best;
		found->reading = node->first;
	}
}

static void judge_reading(struct chain *c, int j)
{
	struct link *link = &c->link[j];
	const struct ranked *look = &c->look[link->rank];
	struct predecessor found = { INT64_MAX, INT64_MIN, 0, c->n };

	if (c->list[j].pin != PIN_ACCEPTED && look->value != INT64_MIN) {
		found.most = look->value;
		found.least = look->level - c->spare;
	}
	search(c, 1, j, &found);
	link->best = found.best + weight_of(c, j);
	link->previous = found.best > 0 ? found.reading : -1;
	enter(c, j);
}

static void chain_close(struct chain *c)
{
	free(c->link);
	free(c->look);
	free(c->tree);
}

/* n is 1 or more. */
static int chain_open(struct chain *c, struct err *e)
{
	for (c->leaves = 1; c->leaves < c->n;)
		c->leaves *= 2;
	c->link = calloc((size_t)c->n, sizeof(*c->link));
	c->look = calloc((size_t)c->n, sizeof(*c->look));
	c->tree = calloc(2 * (size_t)c->leaves, sizeof(*c->tree));
	if (c->link == NULL || c->look == NULL || c->tree == NULL)
		return err_memory(e);
	for (int k = 0; k < 2 * c->leaves; k++)
		c->tree[k] = (struct node){ 0, c->n, INT64_MAX, INT64_MIN };
	look_at(c, c->list[0].point.have);
	return 0;
}

/* Find the end of the heaviest chain, of equal ones the first; -1: none. */
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
	int rc;

	*weight = 0;
	for (size_t i = 0; i < n; i++)
		list[i].chosen = false;
	if (n == 0)
		return 0;
	rc = chain_open(&c, e);
	if (rc == 0) {
		for (int j = 0; j < c.n; j++)
			if (list[j].pin != PIN_REJECTED)
				judge_reading(&c, j);
		for (int i = heaviest_end(&c); i >= 0; i = c.link[i].previous) {
			list[i].chosen = true;
			*weight += own_weight(&list[i]);
		}
	}
	chain_close(&c);
	return rc;
}
