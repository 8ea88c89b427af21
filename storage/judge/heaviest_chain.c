#include "storage/judge/heaviest_chain.h"

#include <stdlib.h>

#include "base/utc.h"
#include "storage/judge/roll_over.h"

/* The weight of one telegram, and that of a reading that must be chosen. */
#define COUNTS (INT64_C(1) << 20)
#define FORCED (INT64_C(1) << 50)

/*
 * Dynamic programming: link[j] is the heaviest chain that ends in reading j.
 * Its predecessor is searched in a k-d tree over the counters of all readings:
 * a node is skipped if there is a register by which none of its readings can
 * precede j, or if none has a heavier chain. False readings and true ones are
 * far apart in some register, so few nodes are visited.
 */
struct link {
	int64_t best; /* weight of the chain */
	int previous; /* the previous reading in the chain; -1 if none */
	int place;    /* its leaf in the tree */
};

/*
 * The values of a register in some readings, and their levels: the value minus
 * what the connection could have added since the first reading of the list.
 */
struct range {
	int64_t low;  /* the lowest value */
	int64_t high; /* the highest level */
};

/* A range for readings that may precede or follow anything. */
static const struct range any = { INT64_MIN, INT64_MAX };

/* A node summarises the judged readings below it. */
struct node {
	int64_t best; /* the heaviest chain */
	int first;    /* the first reading with that chain */
};

struct chain {
	const struct judge_rates *rates;
	const struct chain_reading *list;
	int n, leaves;
	unsigned fixed;
	struct link *link;   /* one link per reading */
	struct node *tree;   /* from 1: node k has the children 2k and 2k + 1 */
	struct range *range; /* of each node, one per register */
	unsigned have;	     /* registers that the first reading shows */
	int registers;	     /* how many */
	int shown[JUDGE_REGISTERS]; /* which */
};

/* What may precede a reading. */
struct predecessor {
	/*
	 * Limits by register: no higher value and no lower level can precede.
	 */
	struct range limit[JUDGE_REGISTERS];
	int64_t best; /* weight of its chain; 0 if there is none */
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

/* Returns the weight of a reading, wherever it is in the list. */
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
 * The value by which readings are split; the lowest if reading j shows other
 * registers.
 */
static int64_t key_of(const struct chain *c, int j, int i)
{
	const struct judge_point *p = &c->list[j].point;

	return p->have == c->have ? p->value[i] : INT64_MIN;
}

/* Find the register whose values differ most among n readings. */
static int widest(const struct chain *c, const int *of, int n)
{
	uint64_t most = 0;
	int found = c->registers > 0 ? c->shown[0] : 0;

	for (int s = 0; s < c->registers; s++) {
		int64_t low = INT64_MAX, high = INT64_MIN;

		for (int k = 0; k < n; k++) {
			const int64_t v = key_of(c, of[k], c->shown[s]);

			low = v < low ? v : low;
			high = v > high ? v : high;
		}
		if ((uint64_t)high - (uint64_t)low > most) {
			most = (uint64_t)high - (uint64_t)low;
			found = c->shown[s];
		}
	}
	return found;
}

/*
 * Does reading a come before b by register i? Equal values are ordered by age.
 */
static bool is_below(const struct chain *c, int i, int a, int b)
{
	const int64_t x = key_of(c, a, i), y = key_of(c, b, i);

	return x != y ? x < y : a < b;
}

static void swap(int *a, int *b)
{
	const int was = *a;

	*a = *b;
	*b = was;
}

/* Move the `half` lowest of n readings by register i to the front. */
static void part(const struct chain *c, int i, int *of, int n, int half)
{
	int from = 0, to = n - 1;

	while (from < to) {
		const int pivot = of[from + (to - from) / 2];
		int low = from - 1, high = to + 1;

		for (;;) {
			do
				low++;
			while (is_below(c, i, of[low], pivot));
			do
				high--;
			while (is_below(c, i, pivot, of[high]));
			if (low >= high)
				break;
			swap(&of[low], &of[high]);
		}
		if (half <= high)
			to = high;
		else
			from = high + 1;
	}
}

/*
 * Give n readings their places in the tree, from `place` on, below a node with
 * `leaves` leaves: each node splits them by the register that differs most, so
 * that false readings are soon separated from true ones.
 */
static void give_places(struct chain *c, int *of, int n, int place, int leaves)
{
	while (leaves > 1 && n > 0) {
		leaves /= 2;
		if (n <= leaves)
			continue;
		part(c, widest(c, of, n), of, n, leaves);
		give_places(c, of, leaves, place, leaves);
		of += leaves;
		n -= leaves;
		place += leaves;
	}
	if (n == 1)
		c->link[of[0]].place = place;
}

static int build_tree(struct chain *c, struct err *e)
{
	int *of = calloc((size_t)c->n, sizeof(*of));

	if (of == NULL)
		return err_memory(e);
	for (int j = 0; j < c->n; j++)
		of[j] = j;
	give_places(c, of, c->n, 0, c->leaves);
	free(of);
	return 0;
}

/* Get the value and the level of register i in reading j. */
static struct range range_of(const struct chain *c, int j, int i)
{
	const struct judge_point *p = &c->list[j].point;
	const int64_t elapsed = p->ts - c->list[0].point.ts;
	const int64_t rate = c->rates->per_hour[i], value = p->value[i];

	if (p->have != c->have)
		return any;
	return (struct range){
		value,
		rate == 0 ? INT64_MAX : value - rate * elapsed / HOUR_S,
	};
}

/* Put reading j, whose best is known, into its leaf and the nodes above. */
static void enter(struct chain *c, int j)
{
	struct range own[JUDGE_REGISTERS] = { { 0, 0 } };

	for (int i = 0; i < c->registers; i++) {
		own[i] = range_of(c, j, c->shown[i]);
		if (roll_over_is_near(c->list[j].point.value[c->shown[i]]))
			own[i] = any; /* it may roll over */
	}
	for (int k = c->leaves + c->link[j].place; k > 0; k /= 2) {
		struct range *range = &c->range[k * c->registers];

		if (c->link[j].best > c->tree[k].best)
			c->tree[k] = (struct node){ c->link[j].best, j };
		for (int i = 0; i < c->registers; i++) {
			if (own[i].low < range[i].low)
				range[i].low = own[i].low;
			if (own[i].high > range[i].high)
				range[i].high = own[i].high;
		}
	}
}

/* Judging by its registers, can a reading of node k precede? */
static bool may_precede(const struct chain *c, int k,
			const struct predecessor *found)
{
	const struct range *range = &c->range[k * c->registers];

	for (int i = 0; i < c->registers; i++)
		if (range[i].low > found->limit[i].high ||
		    range[i].high < found->limit[i].low)
			return false;
	return true;
}

/*
 * Find the best predecessor of j below node k; the first one if several are
 * equal. The child with the heavier chain is searched first, so that the other
 * is usually skipped.
 */
static void search(const struct chain *c, int k, int j,
		   struct predecessor *found)
{
	const struct node *node = &c->tree[k];

	if (node->best < found->best ||
	    (node->best == found->best && node->first >= found->reading) ||
	    !may_precede(c, k, found))
		return;
	if (k < c->leaves) {
		const int right = c->tree[2 * k + 1].best > c->tree[2 * k].best;

		search(c, 2 * k + right, j, found);
		search(c, 2 * k + 1 - right, j, found);
	} else if (can_extend(c, node->first, j)) {
		found->best = node->best;
		found->reading = node->first;
	}
}

/*
 * Range of values that a reading before j may show in register i, widened by
 * two roundings at each end.
 */
static struct range limit_of(const struct chain *c, int j, int i)
{
	const struct range own = range_of(c, j, i);

	if (c->list[j].pin == PIN_ACCEPTED || c->list[j].point.have != c->have)
		return any;
	return (struct range){
		own.high == INT64_MAX
			? INT64_MIN
			: own.high - judge_climb(c->rates, i, 0) - 2,
		own.low,
	};
}

static void judge_reading(struct chain *c, int j)
{
	struct link *link = &c->link[j];
	struct predecessor found = { .reading = c->n };

	for (int i = 0; i < c->registers; i++)
		found.limit[i] = limit_of(c, j, c->shown[i]);
	search(c, 1, j, &found);
	link->best = found.best + weight_of(c, j);
	link->previous = found.best > 0 ? found.reading : -1;
	enter(c, j);
}

static void chain_close(struct chain *c)
{
	free(c->link);
	free(c->tree);
	free(c->range);
}

/* n is 1 or more. */
static int chain_open(struct chain *c, struct err *e)
{
	size_t nodes;

	c->have = c->list[0].point.have;
	for (int i = 0; c->have >> i; i++)
		if (c->have >> i & 1)
			c->shown[c->registers++] = i;
	for (c->leaves = 1; c->leaves < c->n;)
		c->leaves *= 2;
	nodes = 2 * (size_t)c->leaves;
	c->link = calloc((size_t)c->n, sizeof(*c->link));
	c->tree = calloc(nodes, sizeof(*c->tree));
	c->range = calloc(nodes * (size_t)c->registers + 1, sizeof(*c->range));
	if (c->link == NULL || c->tree == NULL || c->range == NULL)
		return err_memory(e);
	for (size_t k = 0; k < nodes; k++)
		c->tree[k] = (struct node){ 0, c->n };
	for (size_t k = 0; k < nodes * (size_t)c->registers; k++)
		c->range[k] = (struct range){ INT64_MAX, INT64_MIN };
	return build_tree(c, e);
}

/*
 * Find the end of the heaviest chain, the first one if several are equal; -1 if
 * there is none.
 */
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
