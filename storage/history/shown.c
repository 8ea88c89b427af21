#include "storage/history/shown.h"

#include "storage/history/registers.h"

static const struct shown_range none = { INT64_MAX, INT64_MIN };

static void include(struct shown_range *r, int64_t first, int64_t last)
{
	if (first < r->first)
		r->first = first;
	if (last > r->last)
		r->last = last;
}

/*
 * A meter's run, its last reading (the one before the next run), and what it
 * shows.
 */
static int open_runs(struct stmt *s, sqlite3 *db, const char *order,
		     struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(
		sql,
		"SELECT first_ts, (SELECT max(ts) FROM electricity WHERE ts < "
		"ifnull((SELECT min(n.first_ts) FROM installation AS n WHERE "
		"n.channel = 0 AND n.medium = 'electricity' AND "
		"n.first_ts > i.first_ts), 9e18))");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", r.%s",
				    quantities[registers[i].total].column);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", i.%s_offset", series[i].column);
	sqlite3_str_appendf(sql,
			    " FROM installation AS i JOIN electricity "
			    "AS r ON r.ts = first_ts WHERE i.channel = 0 "
			    "AND i.medium = 'electricity' ORDER BY first_ts%s",
			    order);
	return stmt_open_text(s, db, sql, e);
}

static uint32_t shown_by(struct stmt *s)
{
	uint32_t shows = 0;

	for (int i = 0; i < ELECTRIC_SERIES; i++)
		for (int part = 0; part <= registers[i].parts; part++)
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

/* Walk from one end of the runs until each series was found. */
static int find_ends(struct shown *out, struct stmt *s, bool newest,
		     struct err *e)
{
	uint32_t left = 0, shows;
	bool begun = false;
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
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
		if (left == 0)
			break;
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int shown_open(struct shown_source *s, sqlite3 *db, struct err *e)
{
	int rc = open_runs(&s->oldest, db, "", e);

	if (rc == 0)
		rc = open_runs(&s->newest, db, " DESC", e);

	/* The view has the media that series count. */
	return rc < 0 ? rc
		      : stmt_open(
				&s->extent, db,
				"SELECT medium, first_ts, last_ts FROM extent "
				"WHERE first_ts IS NOT NULL",
				e);
}

void shown_close(struct shown_source *s)
{
	stmt_close(&s->oldest);
	stmt_close(&s->newest);
	stmt_close(&s->extent);
}

static void add_medium(struct shown *out, struct stmt *s)
{
	int64_t first = stmt_time(s, 1), last = stmt_time(s, 2);

	for (int i = 0; i < SERIES_COUNT; i++)
		if (span_eq(stmt_text(s, 0),
			    span_of(medium_name(series[i].medium))))
			include(&out->medium[series[i].medium], first, last);
	include(&out->all, first, last);
}

int shown_go_on(struct shown *out, struct shown_source *s, struct err *e)
{
	int rc;

	out->all = none;
	for (int m = 0; m < MEDIUM_COUNT; m++)
		out->medium[m] = none;
	while ((rc = stmt_next(&s->extent, e)) > 0)
		add_medium(out, &s->extent);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		if (out->running >> i & 1)
			out->of[i].last = out->medium[MEDIUM_ELECTRICITY].last;
	for (int i = ELECTRIC_SERIES; i < SERIES_COUNT; i++)
		out->of[i] = out->medium[series[i].medium];
	return rc;
}

int shown_read(struct shown *out, struct shown_source *s, struct err *e)
{
	int rc;

	*out = (struct shown){ .newest_run = INT64_MIN };
	for (int i = 0; i < SERIES_COUNT; i++)
		out->of[i] = none;
	rc = find_ends(out, &s->oldest, false, e);
	if (rc == 0)
		rc = find_ends(out, &s->newest, true, e);
	return rc < 0 ? rc : shown_go_on(out, s, e);
}
