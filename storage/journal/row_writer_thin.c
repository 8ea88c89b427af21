/* Which of the readings that wait become rows, if their meter is in doubt. */
#include <stdlib.h>

#include "base/utc.h"
#include "storage/journal/row_writer.h"
#include "storage/judge/thin.h"

enum {
	SLICE_S = DAY_S,   /* thinned at a time */
	AROUND_S = HOUR_S, /* of the database, before and after */
};

static struct thin_reading of_row(struct pending_row *row)
{
	const struct held_reading r = { .ts = row->ts,
					.have = row->have & KIND_MASK };
	struct thin_reading one = { .of = row,
				    .may_go = row->interval_of != INT64_MIN,
				    .may_count = true };

	one.reading.point = held_point(&r);
	memcpy(one.reading.point.value, row->value,
	       sizeof(one.reading.point.value));
	one.reading.weight = row->weight;
	return one;
}

static struct thin_reading of_candidate(struct pending_candidate *candidate)
{
	struct thin_reading one = { .of = candidate,
				    .may_go = true,
				    .may_count = true };

	one.reading.point = held_point(&candidate->reading);
	one.reading.weight = candidate->reading.weight;
	one.reading.held = -1;
	return one;
}

/* Collect the counters of an electricity meter. Returns how many. */
static size_t collect(struct pending *p, int meter, struct thin_reading *list)
{
	size_t n = 0;

	for (size_t i = 0; i < p->row_count; i++)
		if (p->rows[i].meter == meter &&
		    p->rows[i].tables & PENDING_ELECTRICITY)
			list[n++] = of_row(&p->rows[i]);
	for (size_t i = 0; i < p->candidate_count; i++)
		if (p->candidates[i].meter == meter &&
		    pending_is_judged(&p->candidates[i]))
			list[n++] = of_candidate(&p->candidates[i]);
	return n;
}

/* Do to a row or candidate what was decided. */
static void apply(const struct thin_reading *one)
{
	if (one->reading.held != 0) {
		struct pending_candidate *c = one->of;

		c->reading.weight = one->gone ? 0 : one->reading.weight;
	} else {
		struct pending_row *row = one->of;

		row->interval_of = INT64_MIN;
		row->weight = one->reading.weight;
		if (one->gone)
			row->tables &= ~(unsigned)PENDING_ELECTRICITY;
	}
}

/* Thin readings of a day, with what the database has around them. */
static int thin_slice(struct row_writer *w, const struct settle_meter *m,
		      const struct thin_reading *list, size_t n, struct err *e)
{
	const struct window_source source =
		readings_of(&w->settle.readings[m->kind], m->id);
	struct window *around = &w->settle.window;
	struct thin_reading *all;
	int rc =
		window_read(&source, list[0].reading.point.ts - AROUND_S,
			    list[n - 1].reading.point.ts + AROUND_S, around, e);

	if (rc < 0)
		return rc;
	all = calloc(n + around->n, sizeof(*all));
	if (all == NULL)
		return err_memory(e);
	memcpy(all, list, n * sizeof(*all));
	for (size_t i = 0; i < around->n; i++)
		all[n + i].reading = around->list[i];
	thin(&m->rates, w->every.rows, all, n + around->n);
	for (size_t i = 0; i < n + around->n; i++)
		if (all[i].of != NULL)
			apply(&all[i]);
	free(all);
	return 0;
}

static int thin_meter(struct row_writer *w, struct pending *p, int meter,
		      struct err *e)
{
	struct thin_reading *list =
		calloc(p->row_count + p->candidate_count, sizeof(*list));
	struct settle_meter m;
	size_t n;
	int rc;

	if (list == NULL)
		return err_memory(e);
	n = collect(p, meter, list);
	qsort(list, n, sizeof(*list), chain_compare);
	rc = row_writer_meter(w, meter, row_writer_kind(w, meter, 0), 0, &m, e);
	for (size_t i = 0, end; rc == 0 && i < n; i = end) {
		const int64_t ts = list[i].reading.point.ts;

		for (end = i;
		     end < n && list[end].reading.point.ts < ts + SLICE_S;
		     end++)
			;
		rc = thin_slice(w, &m, &list[i], end - i, e);
	}
	free(list);
	return rc;
}

int row_writer_thin(struct row_writer *w, struct pending *p, struct err *e)
{
	int meter = -1, rc = 0;

	if (w->every.rows == 1 || p->stuck)
		return 0;
	for (size_t i = 0; rc == 0 && i < p->candidate_count; i++)
		if (pending_is_judged(&p->candidates[i]) &&
		    p->candidates[i].meter != meter) {
			meter = p->candidates[i].meter;
			rc = thin_meter(w, p, meter, e);
		}
	return rc;
}
