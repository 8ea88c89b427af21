#include "storage/journal/thin_select.h"

#include "storage/history/interpolation_share.h"
#include "storage/journal/keep_rules.h"
#include "storage/journal/run_rows.h"

enum { GAP_S = 900, GAP_TIMES = 3 }; /* as in history/gap_list.c */

/*
 * The first row at or after t, from *i on, which is set to it. Returns the last
 * row at or before t: the same one, or the one before it. Both may be outside.
 */
static size_t rows_around(const struct thin_row *list, size_t n, int64_t t,
			  size_t *i)
{
	while (*i < n && list[*i].point.ts < t)
		++*i;
	return *i < n && list[*i].point.ts == t ? *i : *i - 1;
}

static void keep_at_marks(struct thin_row *list, size_t n, const int64_t *marks,
			  size_t marks_n)
{
	size_t after = 0;

	for (size_t m = 0; m < marks_n; m++) {
		const size_t before = rows_around(list, n, marks[m], &after);

		if (after < n)
			list[after].stays = true;
		if (before < n)
			list[before].stays = true;
	}
}

static bool goes_on(enum kind k, const struct thin_row *a,
		    const struct thin_row *b)
{
	const struct run_row before = { a->meter, a->channel, a->point };
	const struct run_row row = { b->meter, b->channel, b->point };

	return run_rows_continue(k, &before, &row);
}

static void keep_edges(enum kind k, struct thin_row *list, size_t n)
{
	const int64_t span = list[n - 1].point.ts - list[0].point.ts;
	const int64_t usual = span / (int64_t)n;

	for (size_t i = 1; i < n; i++) {
		const int64_t apart = list[i].point.ts - list[i - 1].point.ts;
		const bool gap = apart > GAP_S && apart > GAP_TIMES * usual;

		if (gap || !goes_on(k, &list[i - 1], &list[i]))
			list[i - 1].stays = list[i].stays = true;
	}
}

/* The first and the last row are kept anyway. */
static void keep_peaks(struct thin_row *list, size_t n)
{
	for (int p = 0; p < THIN_POWERS; p++) {
		struct thin_row *highest = &list[1];

		for (size_t i = 2; i + 1 < n; i++)
			if (list[i].max_w[p] > highest->max_w[p])
				highest = &list[i];
		highest->stays |= highest->max_w[p] >= 0;
	}
}

/* Is the counter at t the same between a and c as between a and b? */
static bool is_same_at(int64_t t, const struct judge_point *a,
		       const struct judge_point *b, const struct judge_point *c)
{
	if (a->have != b->have || a->have != c->have)
		return false;
	for (int i = 0; a->have >> i; i++)
		if (interpolation_share(b->value[i] - a->value[i], t, a->ts,
					b->ts) !=
		    interpolation_share(c->value[i] - a->value[i], t, a->ts,
					c->ts))
			return false;
	return true;
}

/* May the row after t, which stays for no other reason, go? */
static bool may_go(const struct thin_row *list, size_t n, int64_t t,
		   size_t before, size_t after, int64_t every_s)
{
	const struct judge_point *a = &list[before].point;
	size_t next = after + 1;

	while (next < n && !list[next].stays)
		next++;
	return next < n &&
	       list[next].point.ts - a->ts <= every_s + KEEP_LATE_S &&
	       is_same_at(t, a, &list[after].point, &list[next].point);
}

/*
 * Boundaries within a quarter of an hour. The row before each stays in any case,
 * so that no peak moves into the next step of 5 minutes.
 */
static void keep_within_quarters(struct thin_row *list, size_t n,
				 int64_t every_s)
{
	const int64_t first = list[0].point.ts + every_s - 1;
	const int64_t last = list[n - 1].point.ts;
	size_t after = 0, before;

	for (int64_t t = first - first % every_s; t <= last; t += every_s) {
		before = rows_around(list, n, t, &after);
		list[before].stays = true;
	}
	after = 0;
	for (int64_t t = first - first % every_s; t <= last; t += every_s) {
		before = rows_around(list, n, t, &after);
		if (!list[after].stays)
			list[after].stays =
				!may_go(list, n, t, before, after, every_s);
	}
}

/* Merge the rows between `from` and `to`, which are kept, into these two. */
static void merge(struct thin_row *list, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++) {
		list[from].weight += list[i].weight;
		for (int p = 0; p < THIN_POWERS; p++)
			if (list[i].max_w[p] > list[to].max_w[p])
				list[to].max_w[p] = list[i].max_w[p];
	}
}

void thin_select(const struct judge_rates *r, enum kind k,
		 struct thin_row *list, size_t n, const int64_t *marks,
		 size_t marks_n, int64_t every_s)
{
	if (n < 3) {
		for (size_t i = 0; i < n; i++)
			list[i].stays = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		list[i].stays = list[i].entered || i == 0 || i == n - 1;
	keep_at_marks(list, n, marks, marks_n);
	keep_edges(k, list, n);
	keep_peaks(list, n);
	if (every_s < KEEP_QUARTER_S)
		keep_within_quarters(list, n, every_s);
	for (size_t from = 0, to = 1; to < n; to++) {
		if (!list[to].stays)
			continue;
		if (!judge_can_follow(r, &list[from].point, &list[to].point,
				      ~0u))
			for (size_t i = from + 1; i < to; i++)
				list[i].stays = true;
		else
			merge(list, from, to);
		from = to;
	}
}
