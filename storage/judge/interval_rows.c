#include "storage/judge/interval_rows.h"

enum {
	/*
	 * How far to look for contradictions. Sets that separate further away
	 * differ by more readings than one row counts.
	 */
	NEAR = 64, /* readings */
	FAR = 4,   /* times as many readings decide */
};

/* Readings that the first of them could stand for. */
struct group {
	struct interval_reading *first, *last; /* last: NULL if only one */
};

struct scene {
	const struct judge_rates *rates;
	long interval;
	struct interval_reading *list;
	size_t n;
	struct group group[2]; /* current groups: accepted, held */
};

static bool is_held(const struct interval_reading *one)
{
	return one->reading.held != 0;
}

/* Can two readings be true together? Accepted readings always can. */
static bool agree(const struct scene *s, const struct interval_reading *a,
		  const struct interval_reading *b)
{
	const struct judge_point *p = &a->reading.point;
	const struct judge_point *q = &b->reading.point;

	if (a == b || (!is_held(a) && !is_held(b)))
		return true;
	return p->ts < q->ts ? judge_can_follow(s->rates, p, q, ~0u)
			     : judge_can_follow(s->rates, q, p, ~0u);
}

static size_t near_from(size_t i)
{
	return i > NEAR ? i - NEAR : 0;
}

static size_t near_to(const struct scene *s, size_t i)
{
	return i + NEAR < s->n ? i + NEAR : s->n;
}

/*
 * Could reading i be true instead of those that contradict it? Not if these far
 * outweigh the readings on its side.
 */
static bool contends(const struct scene *s, size_t i)
{
	const struct interval_reading *one = &s->list[i];
	int64_t with = 0, against = 0;

	for (size_t j = near_from(i); j < near_to(s, i); j++) {
		const struct interval_reading *other = &s->list[j];

		if (!agree(s, one, other))
			against += other->reading.weight;
		else if (is_held(other) == is_held(one))
			with += other->reading.weight;
	}
	return against > 0 && against <= FAR * with;
}

enum relation {
	UNDISPUTED, /* they contradict nothing nearby */
	ALIKE,	    /* they contradict the same contending readings */
	PARTED,	    /* they contradict different ones */
};

static enum relation relation(const struct scene *s,
			      const struct interval_reading *a,
			      const struct interval_reading *b)
{
	const size_t to = near_to(s, (size_t)(b - s->list));
	enum relation found = UNDISPUTED;

	for (size_t i = near_from((size_t)(a - s->list)); i < to; i++) {
		const struct interval_reading *one = &s->list[i];
		bool with_a;

		if (!one->contends || one == a || one == b)
			continue;
		with_a = agree(s, one, a);
		if (with_a != agree(s, one, b))
			return PARTED;
		if (!with_a || is_held(one) != is_held(a))
			found = ALIKE;
	}
	return found;
}

/*
 * Does a reading continue the first one of its group within the same interval?
 */
static bool goes_on(const struct scene *s, const struct interval_reading *first,
		    const struct interval_reading *one)
{
	const struct judge_point *p = &first->reading.point;
	const struct judge_point *q = &one->reading.point;

	return one->reading.pin == PIN_NONE &&
	       chain_head_same_interval(p->ts, q->ts, s->interval) &&
	       p->ts < q->ts && p->have == q->have && agree(s, first, one);
}

static void count_in(struct interval_reading *one, struct interval_reading *by)
{
	by->reading.weight += one->reading.weight;
	one->gone = true;
}

/* Add a reading to the group of its side, or start another with it. */
static void add(struct scene *s, struct interval_reading *one)
{
	struct group *g = &s->group[is_held(one)];
	enum relation how = PARTED;

	if (g->first != NULL && goes_on(s, g->first, one))
		how = relation(s, g->first, one);
	if (how == PARTED) {
		*g = (struct group){ one, NULL };
	} else if (how == UNDISPUTED && g->last == NULL && one->may_go &&
		   g->first->may_count) {
		count_in(one, g->first);
	} else {
		if (g->last != NULL && g->last->may_go && one->may_count)
			count_in(g->last, one);
		g->last = one;
	}
}

void interval_rows_select(const struct judge_rates *r, long interval,
			  struct interval_reading *list, size_t n)
{
	struct scene s = {
		.rates = r, .interval = interval, .list = list, .n = n
	};

	for (size_t i = 0; i < n; i++)
		list[i].contends = contends(&s, i);
	for (size_t i = 0; i < n; i++)
		add(&s, &list[i]);
}
