#include "storage/journal/calendar_tables.h"

#include <stdio.h>

#include "base/localday.h"
#include "storage/db/fingerprint.h"
#include "storage/db/stmt.h"

enum { MONTHS = 12, LAST_YEAR = 2200 };

static int64_t year_within(int64_t year)
{
	return year < 0 ? 0 : year > LAST_YEAR ? LAST_YEAR : year;
}

static int read_years(struct calendar_tables *c, struct err *e)
{
	struct stmt s = { 0 };
	int64_t count = 0;
	int rc = stmt_open(&s, c->db,
			   "SELECT min(year), max(year), count(*) "
			   "FROM calendar_year",
			   e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0) {
		count = stmt_int(&s, 2);
		c->first = count ? (int)year_within(stmt_int(&s, 0)) : 1;
		c->last = (int)year_within(stmt_int(&s, 1));
	}
	stmt_close(&s);
	if (count != c->last - c->first + 1)
		c->holes = true;
	return rc < 0 ? rc : 0;
}

/* Do the days in the table around `now` match the zone? */
static int agrees(struct calendar_tables *c, int64_t now, bool *same,
		  struct err *e)
{
	struct civil day = localday_civil(now);
	struct stmt s = { 0 };
	int rc =
		stmt_open(&s, c->db,
			  "SELECT start_ts, end_ts FROM calendar_day "
			  "WHERE start_ts <= ?1 ORDER BY start_ts DESC LIMIT 1",
			  e);

	if (rc == 0) {
		stmt_bind(&s, 1, now);
		rc = stmt_next(&s, e);
	}
	if (rc > 0 && stmt_time(&s, 1) > now)
		*same = stmt_time(&s, 0) == localday_day_start(day.year,
							       day.month,
							       day.day) &&
			stmt_time(&s, 1) == localday_day_start(day.year,
							       day.month,
							       day.day + 1);
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int calendar_tables_zone(sqlite3 *db, char zone[static LOCALDAY_ZONE],
			 struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT value FROM meta WHERE key = 'timezone'", e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0)
		snprintf(zone, LOCALDAY_ZONE, "%.*s",
			 SPAN_ARG(stmt_text(&s, 0)));
	stmt_close(&s);
	return rc;
}

static int same_zone(struct calendar_tables *c, const char *zone, bool *same,
		     struct err *e)
{
	char is[LOCALDAY_ZONE];
	int rc = calendar_tables_zone(c->db, is, e);

	*same = rc > 0 && strcmp(is, zone) == 0;
	return rc < 0 ? rc : 0;
}

static int set_zone(struct calendar_tables *c, const char *zone, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, c->db,
			   "INSERT OR REPLACE INTO meta (key, value) "
			   "VALUES ('timezone', ?1)",
			   e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(zone));
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

static int wipe(struct calendar_tables *c, struct err *e)
{
	static const char *const wipes[] = { "DELETE FROM calendar_day",
					     "DELETE FROM calendar_month",
					     "DELETE FROM calendar_year" };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(wipes); i++)
		rc = stmt_exec(c->db, wipes[i], e);
	c->first = 1;
	c->last = 0;
	c->holes = false;
	return rc;
}

/* Are months and days complete in the years from `year` on? */
static int look_for_holes(struct calendar_tables *c, int64_t year,
			  struct err *e)
{
	struct stmt s = { 0 };
	int64_t is_filled = 1;
	int rc = stmt_open(
		&s, c->db,
		"SELECT ifnull((SELECT sum(end_ts - start_ts) FROM "
		"calendar_month WHERE year >= ?1), 0) = z - a AND "
		"ifnull((SELECT sum(end_ts - start_ts) FROM calendar_day "
		"WHERE day >= format('%04d', ?1)), 0) = z - a AND y = z - a "
		"FROM (SELECT min(start_ts) AS a, max(end_ts) AS z, "
		"sum(end_ts - start_ts) AS y FROM calendar_year "
		"WHERE year >= ?1) WHERE a IS NOT NULL",
		e);

	if (rc == 0) {
		stmt_bind(&s, 1, year);
		rc = stmt_value(&s, 1, &is_filled, e);
	}
	stmt_close(&s);
	c->holes |= rc == 0 && !is_filled;
	return rc;
}

int calendar_tables_open(struct calendar_tables *c, sqlite3 *db, bool whole,
			 struct err *e)
{
	int rc;

	*c = (struct calendar_tables){ .db = db };
	rc = read_years(c, e);
	/* the last year is filled only for its first hours */
	return rc == 0 ? look_for_holes(c, whole ? c->first : c->last - 1, e)
		       : rc;
}

bool calendar_tables_covers(const struct calendar_tables *c, int64_t from,
			    int64_t to)
{
	return c->first <= localday_civil(from).year &&
	       localday_civil(to).year < c->last;
}

static int is_right(struct calendar_tables *c, const char *zone, int64_t now,
		    bool *same, struct err *e)
{
	int rc = same_zone(c, zone, same, e);

	if (c->holes)
		*same = false;
	return rc == 0 && *same ? agrees(c, now, same, e) : rc;
}

/* Find what must be covered: `now` and all readings, including entered ones. */
static int ends(struct calendar_tables *c, int64_t now, int64_t *from,
		int64_t *to, struct err *e)
{
	int rc = fingerprint_oldest(c->db, from, e);

	if (rc == 0)
		rc = fingerprint_newest(c->db, to, e);
	if (rc == 0 && now < *from)
		*from = now;
	if (rc == 0 && now > *to)
		*to = now;
	return rc;
}

int calendar_tables_current(struct calendar_tables *c, const char *zone,
			    int64_t now, bool *current, struct err *e)
{
	int rc = is_right(c, zone, now, current, e);

	if (rc == 0)
		*current &= calendar_tables_covers(c, now, now);
	return rc;
}

static int refill(struct calendar_tables *c, const char *zone, struct err *e)
{
	int rc = wipe(c, e);

	return rc == 0 ? set_zone(c, zone, e) : rc;
}

int calendar_tables_refresh(struct calendar_tables *c, const char *zone,
			    int64_t now, struct err *e)
{
	bool same = false;
	int64_t from, to;
	int rc = read_years(c, e);

	if (rc == 0)
		rc = is_right(c, zone, now, &same, e);
	if (rc == 0 && !same)
		rc = refill(c, zone, e);
	if (rc == 0)
		rc = ends(c, now, &from, &to, e);
	if (rc == 0 && !calendar_tables_covers(c, from, to))
		rc = calendar_tables_cover(c, from, to, e);
	return rc < 0 ? rc : !same;
}

static int64_t offset_at(int64_t utc)
{
	struct civil civil = localday_civil(utc);

	return utc_from_civil(&civil) - utc;
}

/*
 * Find the first second of (from, to] with another offset from UTC than `from`.
 */
static int64_t change_between(int64_t from, int64_t to)
{
	int64_t before = offset_at(from);

	while (to - from > 1) {
		int64_t mid = from + (to - from) / 2;

		if (offset_at(mid) == before)
			from = mid;
		else
			to = mid;
	}
	return to;
}

enum { FILL_DAY, FILL_MONTH, FILL_YEAR };

static const char *const fill_sql[] = {
	[FILL_DAY] = "INSERT OR REPLACE INTO calendar_day (day, start_ts, "
		     "end_ts, month, year, utc_offset_s, change_ts, change_s) "
		     "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[FILL_MONTH] = "INSERT OR REPLACE INTO calendar_month (month, "
		       "start_ts, end_ts, year) VALUES (?, ?, ?, ?)",
	[FILL_YEAR] = "INSERT OR REPLACE INTO calendar_year (year, "
		      "start_ts, end_ts) VALUES (?, ?, ?)",
};

struct fill {
	struct stmt s[COUNT(fill_sql)];
};

static int fill_day(struct fill *f, int year, int month, int day, struct err *e)
{
	int64_t start = localday_day_start(year, month, day);
	int64_t end = localday_day_start(year, month, day + 1);
	int64_t offset = offset_at(start), shift = offset_at(end - 1) - offset;
	struct stmt *s = &f->s[FILL_DAY];
	char text[32];

	if (start >= end)
		return 0; /* a day that the zone skipped */
	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	stmt_bind_text(s, 1, span_of(text));
	stmt_bind(s, 2, start);
	stmt_bind(s, 3, end);
	stmt_bind_text(s, 4, (struct span){ text, 7 });
	stmt_bind(s, 5, year);
	stmt_bind(s, 6, offset);
	if (shift != 0) {
		stmt_bind(s, 7, change_between(start, end - 1));
		stmt_bind(s, 8, shift);
	}
	return stmt_run(s, e);
}

static int fill_month(struct fill *f, int year, int month, struct err *e)
{
	struct civil day = { .year = year, .month = month, .day = 1 };
	struct stmt *s = &f->s[FILL_MONTH];
	char text[32];
	int rc;

	snprintf(text, sizeof(text), "%04d-%02d", year, month);
	stmt_bind_text(s, 1, span_of(text));
	stmt_bind(s, 2, localday_month_start(year, month));
	stmt_bind(s, 3, localday_month_start(year, month + 1));
	stmt_bind(s, 4, year);
	rc = stmt_run(s, e);
	for (; rc >= 0 && civil_valid(&day); day.day++)
		rc = fill_day(f, year, month, day.day, e);
	return rc;
}

static int fill_year(struct fill *f, int year, struct err *e)
{
	struct stmt *s = &f->s[FILL_YEAR];
	int rc;

	stmt_bind(s, 1, year);
	stmt_bind(s, 2, localday_year_start(year));
	stmt_bind(s, 3, localday_year_start(year + 1));
	rc = stmt_run(s, e);
	for (int month = 1; rc >= 0 && month <= MONTHS; month++)
		rc = fill_month(f, year, month, e);
	return rc < 0 ? rc : 0;
}

int calendar_tables_cover(struct calendar_tables *c, int64_t from, int64_t to,
			  struct err *e)
{
	int first = localday_civil(from).year,
	    last = localday_civil(to).year + 1;
	struct fill f = { 0 };
	int rc = stmt_open_all(f.s, c->db, fill_sql, COUNT(fill_sql), e);

	/* Fill years without a gap, from the existing ones to those wanted. */
	if (c->first <= c->last && c->first < first)
		first = c->first;
	if (c->first <= c->last && c->last > last)
		last = c->last;
	for (int year = first; rc == 0 && year <= last; year++)
		if (c->first > c->last || year < c->first || year > c->last)
			rc = fill_year(&f, year, e);
	stmt_close_all(f.s, COUNT(f.s));
	if (rc == 0) {
		c->first = first;
		c->last = last;
	}
	return rc;
}
