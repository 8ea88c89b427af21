#include "storage/judge/chain.h"

#include <stdlib.h>

enum {
	LEAF = 16, /* readings in a leaf of the tree */
	HOUR = 3600,
};

/* Weights of one telegram that counts, and of a reading that must be chosen. */
#define COUNTS (INT64_C(1) << 20)
#define FORCED (INT64_C(1) << 50)

/*
 * Dynamic programming: link[j] is the heaviest chain that ends in reading j. The best predecessor is
 * sought in a tree over the readings in order of their counter: a node is
 * skipped when none of its readings can precede j, or none has a heavier chain.
 * Lies lie apart from the truth in this order, so that few nodes are entered.
 */
struct node {
	int64_t best; /* of the readings below it that have been judged */
	int first;    /* the first of those with the best */
	/* Bounds of what these show; wide open for one that may roll over. */
	int64_t low[JUDGE_REGISTERS];
	int64_t high[JUDGE_REGISTERS]; /* as `level` */
};

/* The heaviest chain that ends in a reading. */
struct link {
	int64_t best; /* its weight */
	int previous; /* the reading before in it; -1: none */
	int rank;     /* place of the reading in order of its counter */
};

struct key {
	int64_t counter;
	int reading;
};

struct chain {
	const struct judge_rates *rates;
	const struct chain_reading *list;
	int n, leaves;
	unsigned fixed;
	struct link *link; /* of each reading */
	struct key *at;	   /* readings in order of their counter */
	struct node *tree; /* from 1: node k has the children 2k and 2k + 1 */
};

struct predecessor {
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
 * A counter less what the connection could have added until then. Of two
 * readings of which one can follow the other, the later one's is not higher,
 * but for what is spare.
 */
static int64_t level(const struct chain *c, const struct judge_point *p, int i)
{
	int64_t elapsed = p->ts - c->list[0].point.ts;

	return p->value[i] - c->rates->per_hour[i] * elapsed / HOUR;
}

static int64_t spare(const struct judge_rates *r, int i)
{
	return judge_climb(r, i, 0) + 2; /* two roundings */
}

static void widen(struct node *node, const struct chain *c,
		  const struct judge_point *p)
{
	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		bool open = !(p->have >> i & 1) || judge_near_end(p->value[i]);
		bool fast = open || c->rates->per_hour[i] == 0;
		int64_t low = open ? INT64_MIN : p->value[i];
		int64_t high = fast ? INT64_MAX : level(c, p, i);

		if (low < node->low[i])
			node->low[i] = low;
		if (high > node->high[i])
			node->high[i] = high;
	}
}

/* Can no reading below this node precede p? */
static bool is_shut_out(const struct chain *c, const struct node *node,
			const struct judge_point *p)
{
	for (int i = 0; p->have >> i; i++)
		if (p->have >> i & 1 &&
		    (node->low[i] > p->value[i] ||
		     (node->high[i] != INT64_MAX &&
		      node->high[i] < level(c, p, i) - spare(c->rates, i))))
			return true;
	return false;
}

/* Enter reading j, whose best is known, in its leaf and the nodes above. */
static void enter(struct chain *c, int j)
{
	for (int k = c->link[j].rank / LEAF + c->leaves; k > 0; k /= 2) {
		struct node *node = &c->tree[k];

		if (c->link[j].best > node->best) {
			node->best = c->link[j].best;
			node->first = j;
		}
		widen(node, c, &c->list[j].point);
	}
}

static bool is_better(int64_t best, int reading, const struct predecessor *than)
{
	return best > than->best ||
	       (best == than->best && reading < than->reading);
}

static void search_leaf(const struct chain *c, int leaf, int j,
			struct predecessor *found)
{
	for (int place = leaf * LEAF; place < (leaf + 1) * LEAF; place++) {
		int i = place < c->n ? c->at[place].reading : c->n;

		if (i < j && c->list[i].pin != PIN_REJECTED &&
		    is_better(c->link[i].best, i, found) && can_extend(c, i, j))
			*found = (struct predecessor){ c->link[i].best, i };
	}
}

/* Find the best predecessor of j among the readings below node k. */
static void search(const struct chain *c, int k, int j,
		   struct predecessor *found)
{
	const struct node *node = &c->tree[k];

	if (!is_better(node->best, node->first, found) ||
	    (c->list[j].pin != PIN_ACCEPTED &&
	     is_shut_out(c, node, &c->list[j].point)))
		return;
	if (k >= c->leaves) {
		search_leaf(c, k - c->leaves, j, found);
		return;
	}
	search(c, 2 * k + 1, j, found);
	search(c, 2 * k, j, found);
}

static void judge_reading(struct chain *c, int j)
{
	struct predecessor found = { 0, c->n };

	search(c, 1, j, &found);
	c->link[j].best = found.best + weight_of(c, j);
	c->link[j].previous = found.best > 0 ? found.reading : -1;
	enter(c, j);
}

static int by_counter(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->counter != y->counter)
		return x->counter < y->counter ? -1 : 1;
	return x->reading < y->reading ? -1 : 1;
}

static void rank_readings(struct chain *c)
{
	for (int i = 0; i < c->n; i++) {
		const struct judge_point *p = &c->list[i].point;
		struct key *key = &c->at[i];

		key->reading = i;
		if (!judge_total(p, Q_IMPORT_TOTAL, &key->counter) &&
		    !judge_total(p, Q_EXPORT_TOTAL, &key->counter))
			key->counter = -1;
	}
	qsort(c->at, (size_t)c->n, sizeof(*c->at), by_counter);
	for (int place = 0; place < c->n; place++)
		c->link[c->at[place].reading].rank = place;
}

static void empty_tree(struct chain *c)
{
	for (int k = 0; k < 2 * c->leaves; k++) {
		struct node *node = &c->tree[k];

		node->best = 0;
		node->first = c->n;
		for (int i = 0; i < JUDGE_REGISTERS; i++) {
			node->low[i] = INT64_MAX;
			node->high[i] = INT64_MIN;
		}
	}
}

static void chain_close(struct chain *c)
{
	free(c->link);
	free(c->at);
	free(c->tree);
}

/* n is 1 or more. */
static int chain_open(struct chain *c, struct err *e)
{
	for (c->leaves = 1; c->leaves * LEAF < c->n;)
		c->leaves *= 2;
	c->link = calloc((size_t)c->n, sizeof(*c->link));
	c->at = calloc((size_t)c->n, sizeof(*c->at));
	c->tree = calloc(2 * (size_t)c->leaves, sizeof(*c->tree));
	if (c->link == NULL || c->at == NULL || c->tree == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	rank_readings(c);
	empty_tree(c);
	return 0;
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
