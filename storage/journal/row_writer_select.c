/* Select which pending readings become rows, if their meter is in doubt. */
#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"
#include "storage/journal/row_writer.h"
#include "storage/judge/duplicate_readings.h"

enum {
	SLICE_S = DAY_S,   /* thinned at a time */
	AROUND_S = HOUR_S, /* of the database's rows, before and after */
};

static struct interval_reading of_row(struct pending_row *row)
{
	const struct held_reading r = pending_row_reading(row);
	struct interval_reading one = { .of = row,
					.may_go = row->interval_of != INT64_MIN,
					.may_count = true };

	one.reading.point = held_rows_point(&r);
	one.reading.weight = row->weight;
	return one;
}

static struct interval_reading of_candidate(struct pending_candidate *candidate)
{
	struct interval_reading one = { .of = candidate,
					.is_new = true,
					.may_go = true,
					.may_count = true };

	one.reading.point = held_rows_point(&candidate->reading);
	one.reading.weight = candidate->reading.weight;
	one.reading.held = -1;
	return one;
}

/* A meter in doubt: list[0 .. n - 1] are its candidates. */
struct doubt {
	struct row_writer *w;
	struct judge_rows_meter m;
	struct pending_candidate *list;
	size_t n;
};

/* Collect the pending readings of a meter. Returns their number. */
static size_t collect(const struct doubt *d, struct pending *p,
		      struct interval_reading *list)
{
	size_t n = 0;

	for (size_t i = 0; d->m.kind != KIND_MBUS && i < p->row_count; i++)
		if (p->rows[i].meter == d->list[0].meter &&
		    p->rows[i].tables & PENDING_ELECTRICITY)
			list[n++] = of_row(&p->rows[i]);
	for (size_t i = 0; i < d->n; i++)
		if (pending_is_judged(&d->list[i]))
			list[n++] = of_candidate(&d->list[i]);
	return n;
}

/* Apply the decision to a row or candidate. */
static void apply(const struct interval_reading *one)
{
	if (one->is_new) {
		struct pending_candidate *c = one->of;

		c->reading.weight = one->gone ? 0 : one->reading.weight;
	} else if (one->of != NULL) {
		struct pending_row *row = one->of;

		row->interval_of = INT64_MIN;
		row->weight = one->reading.weight;
		if (one->gone)
			row->tables &= ~(unsigned)PENDING_ELECTRICITY;
	}
}

/* Does another meter have a row between two times, in any order? */
static int interrupted(const struct doubt *d, int64_t a, int64_t b, bool *is,
		       struct err *e)
{
	return meter_readings_interrupted(&d->w->settle.readings[d->m.kind],
					  d->m.id, a < b ? a : b, a < b ? b : a,
					  is, e);
}

/*
 * The row of its interval does not stand for a reading if another meter's row
 * lies between them; few readings have one anywhere near.
 */
static int check_rows(const struct doubt *d, struct interval_reading *list,
		      size_t n, struct err *e)
{
	bool any = false;
	int rc = interrupted(d, list[0].reading.point.ts,
			     list[n - 1].reading.point.ts, &any, e);

	for (size_t i = 0; rc == 0 && any && i < n; i++) {
		bool other = false;

		if (list[i].known != KNOWN_BY_ROW)
			continue;
		rc = interrupted(d, list[i].reading.point.ts, list[i].row_ts,
				 &other, e);
		if (other)
			list[i].known = KNOWN_NOT;
	}
	return rc;
}

/* Readings whose rows were thinned are known, too. */
static int find_thinned(const struct doubt *d, struct interval_reading *list,
			size_t n, struct err *e)
{
	int64_t every, until = INT64_MIN;

	if (d->w->thin == NULL)
		return 0;
	every = thin_interval(d->w->thin, &until, e);
	if (every > 0)
		duplicate_readings_thinned(&d->m.rates, until, every, list, n);
	return every < 0 ? e->code : 0;
}

/*
 * Drop new readings that are already known. Returns how many new ones are left,
 * or a negative code.
 */
static int leave_out_known(const struct doubt *d, struct interval_reading *list,
			   size_t *n, struct err *e)
{
	size_t kept = 0;
	int left = 0;

	duplicate_readings_find(&d->m.rates,
				d->m.kind == KIND_MBUS ? 1 : d->w->every.rows,
				list, *n);
	if (find_thinned(d, list, *n, e) < 0 || check_rows(d, list, *n, e) < 0)
		return e->code;
	for (size_t i = 0; i < *n; i++) {
		struct interval_reading *one = &list[i];

		if (one->known != KNOWN_NOT) {
			one->gone = true;
			apply(one);
			continue;
		}
		left += one->is_new;
		list[kept++] = *one;
	}
	*n = kept;
	return left;
}

/* Merge two lists that are in order. */
static void merge(struct interval_reading *to,
		  const struct interval_reading *list, size_t n,
		  const struct window *w)
{
	for (size_t i = 0, j = 0; i < n || j < w->n; to++)
		if (j == w->n ||
		    (i < n && chain_compare(&list[i], &w->list[j]) <= 0))
			*to = list[i++];
		else
			to->reading = w->list[j++];
}

/*
 * Decide about the readings of a day, together with those around them in the
 * database.
 */
static int decide(const struct doubt *d, const struct interval_reading *list,
		  size_t n, struct err *e)
{
	const struct window_source source =
		meter_readings_of(&d->w->settle.readings[d->m.kind], d->m.id);
	struct window *around = &d->w->settle.window;
	struct interval_reading *all;
	size_t count;
	int rc =
		window_read(&source, list[0].reading.point.ts - AROUND_S,
			    list[n - 1].reading.point.ts + AROUND_S, around, e);

	if (rc < 0)
		return rc;
	count = n + around->n;
	all = calloc(count, sizeof(*all));
	if (all == NULL)
		return err_memory(e);
	merge(all, list, n, around);
	rc = leave_out_known(d, all, &count, e);
	if (rc > 0 && d->m.kind != KIND_MBUS && d->w->every.rows > 1) {
		interval_rows_select(&d->m.rates, d->w->every.rows, all, count);
		for (size_t i = 0; i < count; i++)
			apply(&all[i]);
	}
	free(all);
	return rc < 0 ? rc : 0;
}

static int by_time(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool is_house_meter(const struct doubt *d, int place)
{
	return d->w->meters.list[place].other == 0 && place != d->list[0].meter;
}

/*
 * List when other meters of the house were read, in order. *times is owned by
 * the caller.
 */
static int list_others(const struct doubt *d, const struct pending *p,
		       int64_t **times, size_t *n, struct err *e)
{
	*n = 0;
	*times = calloc(p->row_count + p->candidate_count, sizeof(**times));
	if (*times == NULL)
		return err_memory(e);
	for (size_t i = 0; i < p->row_count; i++)
		if (p->rows[i].tables & PENDING_ELECTRICITY &&
		    is_house_meter(d, p->rows[i].meter))
			(*times)[(*n)++] = p->rows[i].ts;
	for (size_t i = 0; i < p->candidate_count; i++)
		if (p->candidates[i].reading.channel == 0 &&
		    is_house_meter(d, p->candidates[i].meter))
			(*times)[(*n)++] = p->candidates[i].reading.ts;
	array_sort(*times, *n, sizeof(**times), by_time);
	return 0;
}

/*
 * Make the readings before and after another meter's become rows; otherwise,
 * what the meters counted between their rows would be lost.
 */
static int keep_ends(const struct doubt *d, const struct pending *p,
		     struct interval_reading *list, size_t n, struct err *e)
{
	int64_t *times;
	size_t others;

	if (list_others(d, p, &times, &others, e) < 0)
		return e->code;
	for (size_t i = 1, k = 0; i < n; i++) {
		while (k < others && times[k] < list[i - 1].reading.point.ts)
			k++;
		if (k == others)
			break;
		if (times[k] <= list[i].reading.point.ts)
			list[i - 1].may_go = list[i].may_go = false;
	}
	if (n > 0 && others > 0 &&
	    times[others - 1] >= list[n - 1].reading.point.ts)
		list[n - 1].may_go = false;
	free(times);
	return 0;
}

static int decide_all(const struct doubt *d, struct pending *p, struct err *e)
{
	struct interval_reading *list =
		calloc(p->row_count + d->n, sizeof(*list));
	size_t n;
	int rc = 0;

	if (list == NULL)
		return err_memory(e);
	n = collect(d, p, list);
	array_sort(list, n, sizeof(*list), chain_compare);
	if (d->m.kind == KIND_ELECTRICITY)
		rc = keep_ends(d, p, list, n, e);
	for (size_t i = 0, end; rc == 0 && i < n; i = end) {
		const int64_t ts = list[i].reading.point.ts;

		for (end = i;
		     end < n && list[end].reading.point.ts < ts + SLICE_S;)
			end++;
		rc = decide(d, &list[i], end - i, e);
	}
	free(list);
	return rc;
}

int row_writer_select(struct row_writer *w, struct pending *p, struct err *e)
{
	int rc = 0;

	for (size_t i = 0, end; rc == 0 && i < p->candidate_count; i = end) {
		struct pending_candidate *first = &p->candidates[i];
		struct doubt d = { .w = w, .list = first };

		for (end = i; end < p->candidate_count &&
			      pending_same_meter(first, &p->candidates[end]);)
			end++;
		d.n = end - i;
		rc = row_writer_meter(w, first->meter,
				      row_writer_kind(w, first->meter,
						      first->reading.channel),
				      0, &d.m, e);
		if (rc == 0)
			rc = decide_all(&d, p, e);
	}
	return rc;
}
