#include "storage/judge/duplicate_readings.h"

enum { INTERVAL_ANY = 0 };

/* Among equal readings, keep one that was there before, else the first. */
static void find_same(struct interval_reading *same, size_t n)
{
	bool there = false;

	for (size_t i = 0; i < n; i++)
		there |= !same[i].is_new && same[i].reading.pin != PIN_REJECTED;
	for (size_t i = 0; i < n; i++) {
		if (same[i].is_new && there)
			same[i].known = KNOWN_SAME;
		there |= same[i].is_new;
	}
}

static bool in_interval(const struct interval_reading *a,
			const struct interval_reading *b, long interval)
{
	return chain_head_same_interval(a->reading.point.ts,
					b->reading.point.ts, interval);
}

/*
 * Find the row of a new reading's interval, if it can be true together with the
 * accepted readings before and after it. Returns NULL if there is no such row.
 */
static const struct interval_reading *
row_of(const struct judge_rates *r, long interval,
       const struct interval_reading *before,
       const struct interval_reading *one, const struct interval_reading *after)
{
	const struct judge_point *p = &one->reading.point;

	if (before != NULL &&
	    !judge_can_follow(r, &before->reading.point, p, ~0u))
		return NULL;
	if (after != NULL &&
	    !judge_can_follow(r, p, &after->reading.point, ~0u))
		return NULL;
	if (before != NULL &&
	    (interval == INTERVAL_ANY || in_interval(before, one, interval)))
		return before;
	return after != NULL && in_interval(one, after, interval) ? after
								  : NULL;
}

static void find_row(const struct judge_rates *r, long interval,
		     const struct interval_reading *before,
		     struct interval_reading *one,
		     const struct interval_reading *after)
{
	const struct interval_reading *row =
		row_of(r, interval, before, one, after);

	if (one->known != KNOWN_NOT || row == NULL)
		return;
	one->known = KNOWN_BY_ROW;
	one->row_ts = row->reading.point.ts;
}

static bool is_accepted(const struct interval_reading *one)
{
	return !one->is_new && one->reading.held == 0;
}

/* A new reading, and the accepted ones before and after it; NULL: none. */
struct neighbours {
	const struct interval_reading *before, *after;
	size_t next; /* where to search for those after it */
};

/* Go to element i. Returns whether it is new. */
static bool neighbours_at(struct neighbours *p,
			  const struct interval_reading *list, size_t n,
			  size_t i)
{
	if (!list[i].is_new) {
		if (is_accepted(&list[i]))
			p->before = &list[i];
		return false;
	}
	if (p->next <= i)
		p->next = i + 1;
	while (p->next < n && !is_accepted(&list[p->next]))
		p->next++;
	p->after = p->next < n ? &list[p->next] : NULL;
	return true;
}

static void find_rows(const struct judge_rates *r, long interval,
		      struct interval_reading *list, size_t n)
{
	struct neighbours p = { 0 };

	for (size_t i = 0; i < n; i++)
		if (neighbours_at(&p, list, n, i))
			find_row(r, interval, p.before, &list[i], p.after);
}

static bool is_close(const struct neighbours *p, int64_t every_s)
{
	return p->before != NULL && p->after != NULL &&
	       p->after->reading.point.ts - p->before->reading.point.ts <=
		       every_s;
}

void duplicate_readings_thinned(const struct judge_rates *r, int64_t until,
				int64_t every_s, struct interval_reading *list,
				size_t n)
{
	struct neighbours p = { 0 };

	for (size_t i = 0; i < n && list[i].reading.point.ts < until; i++)
		if (neighbours_at(&p, list, n, i) && is_close(&p, every_s))
			find_row(r, INTERVAL_ANY, p.before, &list[i], p.after);
}

void duplicate_readings_find(const struct judge_rates *r, long interval,
			     struct interval_reading *list, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
		     end < n && chain_compare(&list[i], &list[end]) == 0;)
			end++;
		find_same(&list[i], end - i);
	}
	if (interval > 1)
		find_rows(r, interval, list, n);
}
