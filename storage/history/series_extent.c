#include "storage/history/series_extent.h"

#include "storage/history/series_registers.h"

static const struct series_range none = { INT64_MAX, INT64_MIN };

static void include(struct series_range *r, int64_t first, int64_t last)
{
	if (first < r->first)
		r->first = first;
	if (last > r->last)
		r->last = last;
}

enum line { HOUSE, ADDED };

/* The last reading of a run i, and runs with their first; ?1 is an added meter. */
static const struct {
	const char *last, *runs;
} lines[] = {
	[HOUSE] = { "SELECT max(ts) FROM electricity WHERE ts < "
		    "ifnull((SELECT min(first_ts) FROM installation WHERE "
		    "channel = 0 AND medium = 'electricity' AND "
		    "first_ts > i.first_ts), 9e18)",
		    "installation AS i JOIN electricity AS r ON "
		    "r.ts = i.first_ts WHERE i.channel = 0 "
		    "AND i.medium = 'electricity'" },
	[ADDED] = { "SELECT max(ts) FROM other_electricity WHERE meter = ?1 "
		    "AND ts < ifnull((SELECT min(first_ts) FROM installation "
		    "WHERE channel < 0 AND meter = ?1 AND "
		    "first_ts > i.first_ts), 9e18)",
		    "installation AS i JOIN other_electricity AS r ON "
		    "r.meter = i.meter AND r.ts = i.first_ts "
		    "WHERE i.channel < 0 AND i.meter = ?1" },
};

/*
 * A meter's run, its last reading (the one before the next run), and what it
 * shows.
 */
static int open_runs(struct stmt *s, sqlite3 *db, enum line l,
		     const char *order, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "SELECT i.first_ts, (%s)", lines[l].last);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(
			sql, ", r.%s",
			quantities[series_registers[i].total].column);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", i.%s_offset", series[i].column);
	sqlite3_str_appendf(sql, " FROM %s ORDER BY i.first_ts%s",
			    lines[l].runs, order);
	return stmt_open_text(s, db, sql, e);
}

static uint32_t shown_by(struct stmt *s)
{
	uint32_t shows = 0;

	for (int i = 0; i < ELECTRIC_SERIES; i++)
		for (int part = 0; part <= series_registers[i].parts; part++)
			shows |= (uint32_t)!stmt_is_null(s, 2 + i + part) << i;
	return shows;
}

/* Each run has an offset for each series that any of them shows. */
static uint32_t shown_by_any(struct stmt *s)
{
	uint32_t any = 0;

	for (int i = 0; i < ELECTRIC_SERIES; i++)
		any |= (uint32_t)!stmt_is_null(s, 2 + ELECTRIC_SERIES + i) << i;
	return any;
}

/*
 * Walk from one end of the runs until each series was found. Returns 1 if there
 * are several, 0 if not, or a negative code.
 */
static int find_ends(struct series_extent *out, struct stmt *s, bool newest,
		     struct err *e)
{
	uint32_t left = 0, shows;
	bool begun = false, several = false;
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		several = begun;
		if (begun && left == 0)
			break;
		shows = shown_by(s);
		if (!begun)
			left = shown_by_any(s);
		if (!begun && newest) {
			out->newest_run = stmt_time(s, 0);
			out->running = shows;
		}
		for (int i = 0; i < ELECTRIC_SERIES; i++)
			if (shows & left & UINT32_C(1) << i)
				include(&out->of[i], stmt_time(s, 0),
					stmt_time(s, 1));
		begun = true;
		left &= ~shows;
	}
	stmt_reset(s);
	return rc < 0 ? rc : several;
}

/* A meter with a single run has all series there. */
static int find_both_ends(struct series_extent *out,
			  struct series_extent_source *s, enum line l,
			  struct err *e)
{
	int rc = find_ends(out, &s->newest[l], l == HOUSE, e);

	if (rc > 0)
		rc = find_ends(out, &s->oldest[l], false, e);
	return rc < 0 ? rc : 0;
}

/* Each meter's medium, unit, first and last reading, or NULL if it has none. */
static const char extent_sql[] =
	"SELECT 'electricity', '', (SELECT min(ts) FROM electricity), "
	"(SELECT max(ts) FROM electricity) "
	"UNION ALL SELECT medium, unit, (SELECT min(ts) FROM mbus WHERE "
	"meter = id), (SELECT max(ts) FROM mbus WHERE meter = id) "
	"FROM meter WHERE +other IS NULL AND medium IN ('gas', 'water', "
	"'warm_water', 'heat', 'cold') "
	"UNION ALL SELECT medium, '', (SELECT min(ts) FROM other_electricity "
	"WHERE meter = id), (SELECT max(ts) FROM other_electricity "
	"WHERE meter = id) FROM meter WHERE other < 0";

int series_extent_open(struct series_extent_source *s, sqlite3 *db,
		       struct err *e)
{
	int rc = 0;

	for (enum line l = HOUSE; rc == 0 && l <= ADDED; l++) {
		rc = open_runs(&s->oldest[l], db, l, "", e);
		if (rc == 0)
			rc = open_runs(&s->newest[l], db, l, " DESC", e);
	}
	if (rc == 0)
		rc = stmt_open(&s->added, db,
			       "SELECT id FROM meter WHERE other < 0", e);
	return rc < 0 ? rc : stmt_open(&s->extent, db, extent_sql, e);
}

void series_extent_close(struct series_extent_source *s)
{
	for (enum line l = HOUSE; l <= ADDED; l++) {
		stmt_close(&s->oldest[l]);
		stmt_close(&s->newest[l]);
	}
	stmt_close(&s->added);
	stmt_close(&s->extent);
}

/*
 * Find a series that the current row's meter counts. Returns NULL if there is
 * none.
 */
static const struct series_info *series_of(struct stmt *s)
{
	for (int i = 0; i < SERIES_COUNT; i++) {
		const bool any_unit = i < ELECTRIC_SERIES;
		const struct series_info *one = &series[i];

		if (span_eq(stmt_text(s, 0),
			    span_of(medium_name(one->medium))) &&
		    (any_unit || span_eq(stmt_text(s, 1),
					 span_of(units[one->unit].suffix))))
			return one;
	}
	return NULL;
}

static void add_meter(struct series_extent *out, struct stmt *s)
{
	const struct series_info *counts = series_of(s);

	if (counts == NULL || stmt_is_null(s, 2))
		return;
	include(&out->medium[counts->medium], stmt_time(s, 2), stmt_time(s, 3));
	include(&out->all, stmt_time(s, 2), stmt_time(s, 3));
}

int series_extent_go_on(struct series_extent *out,
			struct series_extent_source *s, struct err *e)
{
	int rc;

	out->all = none;
	for (int m = 0; m < MEDIUM_COUNT; m++)
		out->medium[m] = none;
	while ((rc = stmt_next(&s->extent, e)) > 0)
		add_meter(out, &s->extent);
	for (int i = 0; i < ELECTRIC_SERIES && !out->adds; i++)
		if (out->running >> i & 1)
			out->of[i].last = out->medium[MEDIUM_ELECTRICITY].last;
	for (int i = ELECTRIC_SERIES; i < SERIES_COUNT; i++)
		out->of[i] = out->medium[series[i].medium];
	return rc;
}

/* Add the series that the added meters show. */
static int find_added(struct series_extent *out, struct series_extent_source *s,
		      struct err *e)
{
	int rc;

	while ((rc = stmt_next(&s->added, e)) > 0) {
		const int64_t meter = stmt_key(&s->added, 0);

		out->adds = true;
		stmt_bind(&s->oldest[ADDED], 1, meter);
		stmt_bind(&s->newest[ADDED], 1, meter);
		if (find_both_ends(out, s, ADDED, e) < 0) {
			stmt_reset(&s->added);
			return e->code;
		}
	}
	return rc;
}

int series_extent_read(struct series_extent *out,
		       struct series_extent_source *s, struct err *e)
{
	int rc;

	*out = (struct series_extent){ .newest_run = INT64_MIN };
	for (int i = 0; i < SERIES_COUNT; i++)
		out->of[i] = none;
	rc = find_both_ends(out, s, HOUSE, e);
	if (rc == 0)
		rc = find_added(out, s, e);
	return rc < 0 ? rc : series_extent_go_on(out, s, e);
}
