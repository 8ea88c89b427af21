#include "storage/journal/hourly_compute.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"

enum { LONGEST_DAY = 50 * HOUR_S };

/* A local day, as in the table calendar_day. */
struct day {
	int64_t start, end;
	int64_t offset; /* local time - UTC, at its start */
	/* When the clock changes, and by how much; shift is 0 if it does not */
	int64_t change, shift;
};

#define DAY_COLUMNS                                                            \
	"start_ts, end_ts, utc_offset_s, change_ts, ifnull(change_s, 0)"

/*
 * The `+` makes SQLite find the days by their start instead of reading a whole
 * year.
 */
static const char *const sql[HOURLY_QUERIES] = {
	[HOURLY_DAYS] =
		("SELECT " DAY_COLUMNS " FROM calendar_day WHERE start_ts > ?1 "
		 "AND start_ts <= ?2 AND +year IN (SELECT year FROM "
		 "calendar_year AS y WHERE y.end_ts > ?1 AND y.start_ts <= ?2 "
		 "AND (EXISTS (SELECT 1 FROM electricity WHERE "
		 "ts >= y.start_ts AND ts < y.end_ts) OR EXISTS (SELECT 1 "
		 "FROM meter AS m JOIN other_electricity AS o ON "
		 "o.meter = m.id AND o.ts >= y.start_ts AND o.ts < y.end_ts "
		 "WHERE m.other < 0) OR EXISTS (SELECT 1 FROM meter AS m "
		 "JOIN mbus AS v ON v.meter = m.id AND v.ts >= y.start_ts "
		 "AND v.ts < y.end_ts))) ORDER BY start_ts"),
	[HOURLY_DAY] =
		"SELECT " DAY_COLUMNS " FROM calendar_day WHERE start_ts <= ?1 "
		"ORDER BY start_ts DESC LIMIT 1",
	[HOURLY_SPANS] =
		("SELECT d.start_ts, d.end_ts, ifnull(m.start_ts, d.start_ts), "
		 "ifnull(m.end_ts, d.end_ts) FROM calendar_day AS d "
		 "LEFT JOIN calendar_month AS m USING (month) "
		 "WHERE d.start_ts <= ?1 ORDER BY d.start_ts DESC LIMIT 1"),
	[HOURLY_YEARS] = "SELECT start_ts, end_ts FROM calendar_year "
			 "WHERE end_ts > ?1 AND start_ts <= ?2",
};

int hourly_compute_open(struct hourly_compute *s, sqlite3 *db, struct err *e)
{
	interpolation_open(&s->interpolation, db);
	return stmt_open_all(s->calendar, db, sql, COUNT(sql), e);
}

void hourly_compute_close(struct hourly_compute *s)
{
	stmt_close_all(s->calendar, COUNT(s->calendar));
	interpolation_close(&s->interpolation);
}

static struct day day_of_row(struct stmt *s)
{
	return (struct day){ stmt_time(s, 0), stmt_time(s, 1), stmt_int(s, 2),
			     stmt_time(s, 3), stmt_int(s, 4) };
}

static void name_hour(struct boundary *b, const struct day *d)
{
	bool shifted = d->shift != 0 && b->ts >= d->change;
	int64_t offset = d->offset + (shifted ? d->shift : 0);
	struct civil c = utc_to_civil(b->ts + offset);
	int n = snprintf(b->hour, sizeof(b->hour), "%04d-%02d-%02d %02d:%02d",
			 c.year, c.month, c.day, c.hour, c.minute);

	if (shifted && d->shift < 0 && b->ts < d->change - d->shift)
		snprintf(b->hour + n, sizeof(b->hour) - (size_t)n,
			 "%c%02d:%02d", offset < 0 ? '-' : '+',
			 (int)(llabs(offset) / HOUR_S),
			 (int)(llabs(offset) / 60 % 60));
}

static int add(struct boundary_list *l, int64_t ts, const struct day *d,
	       struct err *e)
{
	struct boundary *at = array_grow(l->at, l->n, &l->room, sizeof(*at));

	if (at == NULL)
		return err_memory(e);
	l->at = at;
	at[l->n] = (struct boundary){ .ts = ts };
	name_hour(&at[l->n++], d);
	return 0;
}

struct listing {
	struct boundary_list *out;
	struct boundary_range range;
	const struct series_extent *extent;
	int64_t last_end; /* end of the last hour listed */
};

static bool is_within(const struct listing *l, int64_t ts)
{
	return ts > l->range.after && ts < l->range.before;
}

/* Add the hours of a day with readings, from start to end. */
static int add_day(struct listing *l, const struct day *d, struct err *e)
{
	int rc = 0;

	for (int64_t t = d->start; rc == 0 && t < d->end; t += HOUR_S) {
		int64_t end = t + HOUR_S < d->end ? t + HOUR_S : d->end;
		bool in =
			end > l->extent->all.first && t <= l->extent->all.last;

		if ((in || t == l->last_end) && is_within(l, t))
			rc = add(l->out, t, d, e);
		l->last_end = in ? end : INT64_MIN;
	}
	return rc;
}

/* A time before the start of the first day with hours in the range. */
static int64_t before_hours(const struct listing *l)
{
	int64_t first = l->extent->all.first;

	return (first > l->range.after ? first : l->range.after) - LONGEST_DAY;
}

/* Add the hours of years with readings, in order. */
static int add_hours(struct listing *l, struct stmt *s, struct err *e)
{
	int64_t last = l->extent->all.last;
	int rc;

	stmt_bind(s, 1, before_hours(l));
	stmt_bind(s, 2,
		  last < l->range.before ? last + HOUR_S : l->range.before);
	l->last_end = INT64_MIN;
	while ((rc = stmt_next(s, e)) > 0) {
		const struct day d = day_of_row(s);

		if (add_day(l, &d, e) < 0) {
			stmt_reset(s);
			return e->code;
		}
	}
	return rc;
}

/* Add an end of a period, if it is in the range. */
static int add_end(struct listing *l, struct stmt *day, int64_t ts,
		   struct err *e)
{
	struct day d;
	int rc;

	if (!is_within(l, ts))
		return 0;
	stmt_bind(day, 1, ts);
	rc = stmt_next(day, e);
	if (rc <= 0)
		return rc;
	d = day_of_row(day);
	stmt_reset(day);
	return add(l->out, ts, &d, e);
}

/* Add the first n columns of each row of `ends`. */
static int add_columns(struct listing *l, struct stmt *ends, int n,
		       struct stmt *day, struct err *e)
{
	int rc;

	while ((rc = stmt_next(ends, e)) > 0)
		for (int i = 0; i < n; i++)
			if (add_end(l, day, stmt_time(ends, i), e) < 0) {
				stmt_reset(ends);
				return e->code;
			}
	return rc;
}

/*
 * Add the ends of the days and months of the first and the newest reading, and
 * of years.
 */
static int add_ends(struct listing *l, struct stmt s[HOURLY_QUERIES],
		    struct err *e)
{
	const struct series_range *all = &l->extent->all;
	int rc;

	stmt_bind(&s[HOURLY_SPANS], 1, all->first);
	rc = add_columns(l, &s[HOURLY_SPANS], 4, &s[HOURLY_DAY], e);
	stmt_bind(&s[HOURLY_SPANS], 1, all->last);
	if (rc == 0)
		rc = add_columns(l, &s[HOURLY_SPANS], 4, &s[HOURLY_DAY], e);
	stmt_bind(&s[HOURLY_YEARS], 1, all->first);
	stmt_bind(&s[HOURLY_YEARS], 2, all->last);
	if (rc == 0)
		rc = add_columns(l, &s[HOURLY_YEARS], 2, &s[HOURLY_DAY], e);
	return rc;
}

static int by_time(const void *a, const void *b)
{
	int64_t x = ((const struct boundary *)a)->ts;
	int64_t y = ((const struct boundary *)b)->ts;

	return x < y ? -1 : x > y;
}

static void sort_once(struct boundary_list *l)
{
	size_t n = 0;

	if (l->n > 1)
		qsort(l->at, l->n, sizeof(*l->at), by_time);
	for (size_t i = 0; i < l->n; i++)
		if (n == 0 || l->at[i].ts != l->at[n - 1].ts)
			l->at[n++] = l->at[i];
	l->n = n;
}

static int compute(struct interpolation *c, struct boundary *b, struct err *e)
{
	for (int m = 0; m < MEDIUM_COUNT; m++) {
		struct counter_point p;
		int rc = interpolation_at(c, (enum medium)m, b->ts, &p, e);

		if (rc < 0)
			return rc;
		b->gap_s[m] = rc > 0 ? p.gap_s : -1;
		b->have |= p.have;
		for (int s = 0; s < SERIES_COUNT; s++)
			if (p.have >> s & 1)
				b->counter[s] = p.counter[s];
	}
	return 0;
}

int hourly_compute_load(struct boundary_list *out, struct hourly_compute *s,
			const struct boundary_range *r,
			const struct series_extent *extent, struct err *e)
{
	struct listing l = { .out = out, .range = *r, .extent = extent };
	int rc = 0;

	out->n = 0;
	if (extent->all.first > extent->all.last)
		return 0;
	rc = add_hours(&l, &s->calendar[HOURLY_DAYS], e);
	if (rc == 0)
		rc = add_ends(&l, s->calendar, e);
	sort_once(out);
	for (size_t i = 0; rc == 0 && i < out->n; i++)
		rc = compute(&s->interpolation, &out->at[i], e);
	return rc;
}

void boundary_list_free(struct boundary_list *l)
{
	free(l->at);
	*l = (struct boundary_list){ 0 };
}
