#include "reports/span_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/dates.h"
#include "base/localday.h"
#include "storage/history/quarters.h"

/* The counters at a boundary, and when each medium was read. */
struct walker {
	struct history *h;
	struct {
		bool any;
		int64_t first, last;
		struct counter_point at; /* the end of the part before */
	} medium[MEDIUM_COUNT];
};

static void start_empty(struct consumption *c, int64_t start, int64_t end)
{
	*c = (struct consumption){ .start = start, .end = end };
	for (int m = 0; m < MEDIUM_COUNT; m++)
		c->gap_s[m] = -1;
}

void span_rows_add(struct consumption *sum, const struct consumption *c)
{
	sum->have |= c->have;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (c->have >> s & 1)
			sum->amount[s] += c->amount[s];
	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (c->gap_s[m] > sum->gap_s[m])
			sum->gap_s[m] = c->gap_s[m];
}

static int append(struct span_rows *r, const struct consumption *c,
		  struct err *e)
{
	struct consumption *moved =
		array_grow(r->row, r->n, &r->room, sizeof(*r->row));

	if (moved == NULL)
		return err_memory(e);
	r->row = moved;
	r->row[r->n++] = *c;
	return 0;
}

static int walk_begin(struct walker *w, struct history *h, struct err *e)
{
	int rc = 0;

	*w = (struct walker){ .h = h };
	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++) {
		enum medium m = series_gaps[i].medium;

		rc = history_extent(h, m, &w->medium[m].first,
				    &w->medium[m].last, e);
		w->medium[m].any = rc > 0;
		w->medium[m].at.t = INT64_MIN;
	}
	return rc < 0 ? rc : 0;
}

/* Count a medium from c->start to c->end. */
static int count(struct walker *w, enum medium m, struct consumption *c,
		 struct err *e)
{
	struct counter_point *a = &w->medium[m].at, b;
	int rc = a->t == c->start ? 1 : history_at(w->h, m, c->start, a, e);

	if (rc > 0)
		rc = history_at(w->h, m, c->end, &b, e);
	if (rc <= 0)
		return rc;
	c->gap_s[m] = a->gap_s > b.gap_s ? a->gap_s : b.gap_s;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (a->have & b.have & UINT32_C(1) << s) {
			c->have |= UINT32_C(1) << s;
			c->amount[s] = b.counter[s] - a->counter[s];
		}
	*a = b;
	return 0;
}

/* Add a row from `start` to `end` if any medium is known there. */
static int add_part(struct walker *w, struct span_rows *r, int64_t start,
		    int64_t end, struct err *e)
{
	struct consumption c;
	int rc = 0;

	start_empty(&c, start, end);
	for (int i = 0; i < SERIES_GAPS && rc == 0; i++) {
		enum medium m = series_gaps[i].medium;

		if (w->medium[m].any && end > w->medium[m].first &&
		    start <= w->medium[m].last)
			rc = count(w, m, &c, e);
	}
	return rc == 0 && c.have != 0 ? append(r, &c, e) : rc;
}

static int load_quarters(struct span_rows *r, struct history *h, int64_t from,
			 int64_t to, struct err *e)
{
	struct walker w;
	int64_t first = INT64_MAX, last = INT64_MIN;
	int rc = walk_begin(&w, h, e);

	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (w.medium[m].any) {
			first = w.medium[m].first < first ? w.medium[m].first
							  : first;
			last = w.medium[m].last > last ? w.medium[m].last
						       : last;
		}
	if (first > from)
		from = first - first % QUARTER_S;
	for (int64_t t = from; t < to && t <= last && rc == 0;) {
		int64_t end = t - t % QUARTER_S + QUARTER_S;

		rc = add_part(&w, r, t, end < to ? end : to, e);
		t = end;
	}
	return rc;
}

static const enum period views[STEP_COUNT] = {
	[STEP_HOUR] = PERIOD_HOUR, [STEP_DAY] = PERIOD_DAY,
	[STEP_WEEK] = PERIOD_DAY,  [STEP_MONTH] = PERIOD_MONTH,
	[STEP_YEAR] = PERIOD_YEAR,
};

/* Load the rows of a view, and the partial ones at both ends of the span. */
static int load_view(struct span_rows *r, struct history *h, enum period p,
		     int64_t from, int64_t to, struct err *e)
{
	struct consumption c;
	int64_t whole = from; /* rows up to here are complete */
	struct walker w;
	int rc = walk_begin(&w, h, e);

	if (rc == 0)
		rc = history_begin(h, p, from, to, e);
	while (rc >= 0 && (rc = history_next(h, &c, e)) > 0) {
		if (c.start > whole && whole == from)
			rc = add_part(&w, r, from, c.start, e);
		whole = c.start;
		if (rc < 0 || c.end > to)
			continue;
		rc = append(r, &c, e);
		whole = c.end;
	}
	return rc == 0 && whole < to ? add_part(&w, r, whole, to, e) : rc;
}

/* Add up the days of each week. */
static void join_weeks(struct span_rows *r)
{
	int week = 0, year = 0, this_year;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct civil date = localday_civil(r->row[i].start);
		int number = dates_week(&date, &this_year);

		if (n == 0 || number != week || this_year != year) {
			r->row[n++] = r->row[i];
		} else {
			span_rows_add(&r->row[n - 1], &r->row[i]);
			r->row[n - 1].end = r->row[i].end;
		}
		week = number;
		year = this_year;
	}
	r->n = n;
}

int span_rows_load(struct span_rows *r, struct history *h, enum step step,
		   int64_t from, int64_t to, struct err *e)
{
	int rc;

	*r = (struct span_rows){ 0 };
	rc = step == STEP_QUARTER ? load_quarters(r, h, from, to, e)
				  : load_view(r, h, views[step], from, to, e);
	if (rc < 0)
		return rc;
	if (step == STEP_WEEK)
		join_weeks(r);
	start_empty(&r->total, from, to);
	for (size_t i = 0; i < r->n; i++)
		span_rows_add(&r->total, &r->row[i]);
	return 0;
}

void span_rows_free(struct span_rows *r)
{
	free(r->row);
	*r = (struct span_rows){ 0 };
}
