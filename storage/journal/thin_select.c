#include "storage/journal/thin_select.h"

#include "storage/journal/run_rows.h"

enum { GAP_S = 900, GAP_TIMES = 3 }; /* as in history/gap_list.c */

static void keep_at_marks(struct thin_row *list, size_t n, const int64_t *marks,
			  size_t marks_n)
{
	size_t i = 0; /* the first row at or after the mark */

	for (size_t m = 0; m < marks_n; m++) {
		while (i < n && list[i].point.ts < marks[m])
			i++;
		if (i < n)
			list[i].stays = true;
		if (i > 0 && (i == n || list[i].point.ts > marks[m]))
			list[i - 1].stays = true;
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
		 size_t marks_n)
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
