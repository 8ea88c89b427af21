#include "storage/history/usual_day.h"

#include <stdio.h>

#include "base/utc.h"
#include "storage/db/stmt.h"
#include "storage/history/energy_curve.h"
#include "storage/history/gap_list.h"
#include "storage/history/local_time.h"

enum {
	DAY_SLOTS_MAX = 26 * 12,
	WH_MOST = 1000000000, /* of a slot; a damaged row may have more */
};

struct day {
	int64_t start, end, change, change_s;
	uint32_t media; /* bit m: it counts for this medium */
};

/* A sum and how many were added. */
struct mean {
	int64_t sum, n;
};

struct means {
	struct mean of[SERIES_COUNT];
};

struct finder {
	sqlite3 *db;
	struct interpolation *counters;
	struct span date;
	struct day day[USUAL_DAY_DAYS]; /* the newest first */
	int n;
	int64_t end;		    /* of the date */
	int64_t last[MEDIUM_COUNT]; /* newest reading */
	struct means hour[USUAL_DAY_HOURS], until, whole;
	struct mean energy[USUAL_DAY_SLOTS]; /* n is in seconds */
};

static int find_days(struct finder *f, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, f->db,
			   "SELECT start_ts, end_ts, ifnull(change_ts, end_ts),"
			   " ifnull(change_s, 0) FROM calendar_day"
			   " WHERE day >= date(?1, '-7 days') AND day < ?1"
			   " ORDER BY day DESC",
			   e);

	if (rc == 0)
		stmt_bind_text(&s, 1, f->date);
	while (rc >= 0 && f->n < USUAL_DAY_DAYS && (rc = stmt_next(&s, e)) > 0)
		f->day[f->n++] =
			(struct day){ stmt_time(&s, 0), stmt_time(&s, 1),
				      stmt_time(&s, 2), stmt_int(&s, 3), 0 };
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

/*
 * Read the date itself. If it is not in the calendar, it ends when it starts.
 */
static int find_date(struct usual_day *u, struct finder *f, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, f->db,
			   "SELECT end_ts, iif(change_s < 0, (change_ts +"
			   " change_s - start_ts) / 3600, -1)"
			   " FROM calendar_day WHERE day = ?1",
			   e);

	f->end = u->to;
	u->again = -1;
	if (rc == 0) {
		stmt_bind_text(&s, 1, f->date);
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		f->end = stmt_time(&s, 0);
		u->again = (int)stmt_int(&s, 1);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

/* Find the days on which a medium is known from start to end, without a gap. */
static int find_known(struct finder *f, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, f->db,
			   "SELECT medium, first_ts, last_ts FROM extent", e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		for (int i = 0; i < SERIES_GAPS; i++) {
			enum medium m = series_gaps[i].medium;

			if (!span_eq(stmt_text(&s, 0), span_of(medium_name(m))))
				continue;
			f->last[m] = stmt_time(&s, 2);
			for (int d = 0; d < f->n; d++)
				if (stmt_time(&s, 1) <= f->day[d].start &&
				    stmt_time(&s, 2) >= f->day[d].end)
					f->day[d].media |= UINT32_C(1) << m;
		}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

static void leave_out(void *ctx, const struct gap *g)
{
	struct finder *f = ctx;

	for (int d = 0; d < f->n; d++)
		if (g->start < f->day[d].end && g->end > f->day[d].start)
			f->day[d].media &= ~(UINT32_C(1) << g->medium);
}

static bool counts(const struct finder *f, int d, enum medium m)
{
	return f->day[d].media >> m & 1;
}

static int count_days(struct usual_day *u, struct finder *f, struct err *e)
{
	int rc = find_known(f, e);

	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++) {
		enum medium m = series_gaps[i].medium;

		for (int d = 0; d < f->n && u->days[m] == 0; d++)
			u->days[m] = counts(f, d, m);
		if (u->days[m] == 0)
			continue;
		rc = gap_list(f->db, f->counters, m, u->from, u->to,
			      GAP_LIST_LONG_S, leave_out, f, e);
		u->days[m] = 0;
		for (int d = 0; d < f->n; d++)
			u->days[m] += counts(f, d, m);
		if (u->days[m] < USUAL_DAY_LEAST)
			u->days[m] = 0;
	}
	return rc;
}

static void add(struct mean *m, int64_t value, int64_t n)
{
	m->sum += value;
	m->n += n;
}

/* Divide, rounding half away from zero. */
static int64_t divide(int64_t sum, int64_t n)
{
	return (2 * sum + (sum < 0 ? -n : n)) / (2 * n);
}

/* The time on the clock at t, in seconds since midnight. */
static int64_t clock_time(const struct day *day, int64_t t)
{
	return t - day->start + (t >= day->change ? day->change_s : 0);
}

/* Add an hour of a day for the media that it counts for. */
static void add_hour(struct finder *f, const struct day *day, struct stmt *s)
{
	int64_t start = stmt_time(s, 0);
	int64_t shown =
		start - day->start + (start >= day->change ? day->change_s : 0);
	int64_t hour = shown / HOUR_S;

	if (hour < 0 || hour >= USUAL_DAY_HOURS)
		return;
	for (int i = 0; i < SERIES_COUNT; i++)
		if ((day->media >> series[i].medium & 1) &&
		    !stmt_is_null(s, 1 + i))
			add(&f->hour[hour].of[i], stmt_int(s, 1 + i), 1);
}

#define COLUMN(id, name, unit, medium, from) ", " #name SERIES_SMALL_##unit

static int add_hours(struct finder *f, struct err *e)
{
	static const char sql[] = "SELECT start_ts" SERIES(
		COLUMN) " FROM hourly_wh"
			" WHERE day >= date(?1, '-7 days') AND day < ?1";
	struct stmt s = { 0 };
	int rc = stmt_open(&s, f->db, sql, e);

	if (rc == 0)
		stmt_bind_text(&s, 1, f->date);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		for (int d = 0; d < f->n; d++)
			if (stmt_time(&s, 0) >= f->day[d].start &&
			    stmt_time(&s, 0) < f->day[d].end)
				add_hour(f, &f->day[d], &s);
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

static int add_total(struct finder *f, enum medium m, int64_t from, int64_t to,
		     struct means *total, struct err *e)
{
	int64_t amount[SERIES_COUNT];
	uint32_t have;
	int rc = interpolation_between(f->counters, m, from, to, &have, amount,
				       e);

	for (int i = 0; i < SERIES_COUNT && rc > 0; i++)
		if (have >> i & 1)
			add(&total->of[i], amount[i], 1);
	return rc < 0 ? rc : 0;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * Find where the sums of day d end: at a time of day, or at the end of the day.
 */
static int find_to(struct finder *f, int d, int64_t until, int64_t *to,
		   struct err *e)
{
	const struct day *day = &f->day[d];
	char shift[24];
	int rc;

	*to = day->end;
	if (until >= f->end)
		return 0;
	snprintf(shift, sizeof(shift), "-%d days", d + 1);
	rc = local_time_shift(f->db, most(until, f->day[0].end), shift, to, e);
	*to = most(day->start, least(*to, day->end));
	return rc;
}

static int add_totals(struct finder *f, int d, enum medium m, int64_t until,
		      struct err *e)
{
	const struct day *day = &f->day[d];
	int64_t to;
	int rc;

	if (m != MEDIUM_ELECTRICITY)
		until = least(until, f->last[m]);
	rc = find_to(f, d, until, &to, e);
	if (rc == 0)
		rc = add_total(f, m, day->start, day->end, &f->whole, e);
	return rc == 0 ? add_total(f, m, day->start, to, &f->until, e) : rc;
}

static int add_day(struct usual_day *u, struct finder *f, int d, int64_t until,
		   struct err *e)
{
	int rc = 0;

	for (int i = 0; i < SERIES_GAPS && rc == 0; i++) {
		enum medium m = series_gaps[i].medium;

		if (u->days[m] > 0 && counts(f, d, m))
			rc = add_totals(f, d, m, until, e);
	}
	return rc;
}

static int64_t net_of(const struct energy_point *p)
{
	return p->import_wh - p->export_wh;
}

static void add_slot(struct finder *f, int64_t slot,
		     const struct energy_point *p)
{
	int64_t wh = net_of(&p[1]) - net_of(&p[0]);

	if (slot >= 0 && slot < USUAL_DAY_SLOTS && p[0].known && p[1].known &&
	    wh > -WH_MOST && wh < WH_MOST)
		add(&f->energy[slot], wh, USUAL_DAY_SLOT_S);
}

static int add_slots(struct finder *f, struct energy_curve *curve,
		     const struct day *day, struct err *e)
{
	struct energy_point p[DAY_SLOTS_MAX + 1];
	int64_t n = (day->end - day->start) / USUAL_DAY_SLOT_S;
	int rc;

	if (n <= 0 || n > DAY_SLOTS_MAX)
		return 0;
	rc = energy_curve_read(curve, day->start, USUAL_DAY_SLOT_S, (int)n + 1,
			       p, e);
	for (int i = 0; i < n && rc == 0; i++)
		add_slot(f,
			 clock_time(day, day->start + i * USUAL_DAY_SLOT_S) /
				 USUAL_DAY_SLOT_S,
			 &p[i]);
	return rc;
}

static int add_power(struct usual_day *u, struct finder *f, struct err *e)
{
	struct energy_curve curve;
	int rc = 0;

	if (u->days[MEDIUM_ELECTRICITY] == 0)
		return 0;
	energy_curve_open(&curve, f->db, f->counters);
	for (int d = 0; d < f->n && rc == 0; d++)
		if (counts(f, d, MEDIUM_ELECTRICITY))
			rc = add_slots(f, &curve, &f->day[d], e);
	energy_curve_close(&curve);
	return rc;
}

static void take_means(const struct usual_day *u, const struct means *from,
		       struct usual_day_amounts *to)
{
	for (int i = 0; i < SERIES_COUNT; i++) {
		const struct mean *m = &from->of[i];

		if (m->n == 0 || u->days[series[i].medium] == 0)
			continue;
		to->have |= UINT32_C(1) << i;
		to->amount[i] = divide(m->sum, m->n);
	}
}

static void take_all(struct usual_day *u, const struct finder *f)
{
	for (int h = 0; h < USUAL_DAY_HOURS; h++)
		take_means(u, &f->hour[h], &u->hour[h]);
	take_means(u, &f->until, &u->until);
	take_means(u, &f->whole, &u->whole);
	for (int i = 0; i < USUAL_DAY_SLOTS; i++) {
		u->known[i] = f->energy[i].n > 0;
		if (u->known[i])
			u->power_w[i] = divide(f->energy[i].sum * HOUR_S,
					       f->energy[i].n);
	}
}

int usual_day_find(struct usual_day *u, sqlite3 *db,
		   struct interpolation *counters, struct span day,
		   int64_t until, struct err *e)
{
	struct finder f = { .db = db, .counters = counters, .date = day };
	int rc = find_days(&f, e);

	*u = (struct usual_day){ .again = -1 };
	if (rc < 0 || f.n == 0)
		return rc;
	u->from = f.day[f.n - 1].start;
	u->to = f.day[0].end;
	rc = find_date(u, &f, e);
	if (rc == 0)
		rc = count_days(u, &f, e);
	if (rc == 0)
		rc = add_hours(&f, e);
	for (int d = 0; d < f.n && rc == 0; d++)
		rc = add_day(u, &f, d, until, e);
	if (rc == 0)
		rc = add_power(u, &f, e);
	if (rc == 0)
		take_all(u, &f);
	return rc;
}
