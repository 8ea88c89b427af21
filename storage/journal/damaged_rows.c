#include "storage/journal/damaged_rows.h"

#include <string.h>

#include "base/print.h"
#include "base/utc.h"
#include "storage/db/stmt.h"

enum {
	AHEAD_S = 400 * DAY_S, /* for a synchronised clock, like the judge */
	UNSURE_S = 10 * 365 * DAY_S, /* for a clock that may be years slow */
};

#define FIRST_CLOCK                                                            \
	INT64_C(1767225600) /* 2026: a machine's clock that shows less is not
			       set */

#define FIRST_YEAR INT64_C(1199145600) /* 2008, like the judge */

/*
 * Tables of readings and events, and the change list. The times of readings in
 * tables with `ends` passed the judge, so the others are compared with them;
 * even a short check reads the first and newest rows of these tables.
 */
static const struct table {
	const char *name;
	const char *ends[2];
} tables[] = {
	{ "electricity",
	  { "SELECT * FROM electricity ORDER BY ts LIMIT 1",
	    "SELECT * FROM electricity ORDER BY ts DESC LIMIT 9" } },
	{ "mbus",
	  { "SELECT v.* FROM meter AS m CROSS JOIN mbus AS v ON v.meter = m.id "
	    "AND v.ts IN ((SELECT min(ts) FROM mbus WHERE meter = m.id), "
	    "(SELECT max(ts) FROM mbus WHERE meter = m.id))" } },
	{ "other_electricity",
	  { "SELECT v.* FROM meter AS m CROSS JOIN other_electricity AS v "
	    "ON v.meter = m.id AND v.ts IN ((SELECT min(ts) FROM "
	    "other_electricity WHERE meter = m.id), (SELECT max(ts) FROM "
	    "other_electricity WHERE meter = m.id)) WHERE m.other <> 0" } },
	{ "phases", { NULL } },
	{ "quality", { NULL } },
	{ "state", { NULL } },
	{ "demand", { NULL } },
	{ "month_peak", { NULL } },
	{ "power_failure", { NULL } },
	{ "message", { NULL } },
	{ "identity", { NULL } },
	{ "clock", { NULL } },
	{ "extra", { NULL } },
	{ "held", { NULL } },
	{ "pin", { NULL } },
	{ "change_list", { NULL } },
};

static int64_t last_time(const struct damaged_rows *o)
{
	int64_t last = o->now + (o->certain ? AHEAD_S : UNSURE_S);

	return o->now >= FIRST_CLOCK && last < STMT_LAST_TIME ? last
							      : STMT_LAST_TIME;
}

struct bounds {
	int64_t least, most;
};

/*
 * Columns whose names end in "ts" are times; any other whole number is a count.
 */
static struct bounds bounds_of(const struct table *t,
			       const struct damaged_rows *o, const char *column)
{
	size_t n = strlen(column);
	bool time = n >= 2 && strcmp(column + n - 2, "ts") == 0;
	bool judged = t->ends[0] != NULL && strcmp(column, "ts") == 0;

	if (judged)
		return (struct bounds){ FIRST_YEAR, last_time(o) };
	return time ? (struct bounds){ 0, STMT_LAST_TIME }
		    : (struct bounds){ -STMT_MOST, STMT_MOST };
}

static bool is_counter(const char *column)
{
	size_t n = strlen(column);

	return (n >= 3 && strcmp(column + n - 3, "_wh") == 0) ||
	       (n >= 5 && strcmp(column + n - 5, "_varh") == 0);
}

static bool is_looked_at(const struct table *t, const struct damaged_rows *o,
			 const char *column)
{
	return !o->counters_possible || strcmp(t->name, "electricity") != 0 ||
	       !is_counter(column);
}

static void add_column(sqlite3_str *sql, const struct table *t,
		       const struct damaged_rows *o, const char *column)
{
	const struct bounds b = bounds_of(t, o, column);

	sqlite3_str_appendf(sql, " OR %s NOT BETWEEN %lld AND %lld", column,
			    (long long)b.least, (long long)b.most);
}

/* Print the condition of an impossible row, in brackets. */
static int add_condition(sqlite3 *db, sqlite3_str *sql, const struct table *t,
			 const struct damaged_rows *o, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT name FROM pragma_table_info(?1) "
			   "WHERE type IN ('INTEGER', 'INT') AND name NOT IN "
			   "('expected_min', 'expected_max')",
			   e);

	if (rc == 0)
		stmt_bind_text(&s, 1, span_of(t->name));
	sqlite3_str_appendall(sql, "(0");
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		if (is_looked_at(t, o, stmt_string(&s, 0)))
			add_column(sql, t, o, stmt_string(&s, 0));
	sqlite3_str_appendall(sql, ")");
	stmt_close(&s);
	return rc;
}

/* Prepare text that ends in " WHERE " for the impossible rows of a table. */
static int open_where(struct stmt *s, sqlite3 *db, sqlite3_str *sql,
		      const struct table *t, const struct damaged_rows *o,
		      struct err *e)
{
	int rc = add_condition(db, sql, t, o, e);

	if (rc == 0)
		return stmt_open_text(s, db, sql, e);
	sqlite3_free(sqlite3_str_finish(sql));
	return rc;
}

static int look_at_all(sqlite3 *db, const struct table *t,
		       const struct damaged_rows *o, bool *exist, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int rc;

	sqlite3_str_appendf(sql, "SELECT 1 FROM %s WHERE ", t->name);
	rc = open_where(&s, db, sql, t, o, e);
	if (rc == 0)
		rc = stmt_next(&s, e);
	stmt_close(&s);
	*exist = rc > 0;
	return rc < 0 ? rc : 0;
}

/* Every column of the tables that have `ends` is a number. */
static bool is_impossible(struct stmt *row, const struct table *t,
			  const struct damaged_rows *o)
{
	for (int i = 0; i < stmt_columns(row); i++) {
		const struct bounds b =
			bounds_of(t, o, stmt_column_name(row, i));
		const int64_t v = stmt_key(row, i);

		if (!stmt_is_null(row, i) &&
		    (!stmt_is_number(row, i) || v < b.least || v > b.most))
			return true;
	}
	return false;
}

/* SQLite prepares 50 conditions ten times as slowly as it reads the rows. */
static int look_at_ends(sqlite3 *db, const struct table *t,
			const struct damaged_rows *o, bool *exist,
			struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(t->ends); i++) {
		struct stmt s = { 0 };

		if (t->ends[i] == NULL)
			break;
		rc = stmt_open(&s, db, t->ends[i], e);
		while (rc >= 0 && !*exist && (rc = stmt_next(&s, e)) > 0)
			*exist = is_impossible(&s, t, o);
		stmt_close(&s);
		rc = rc < 0 ? rc : 0;
	}
	return rc;
}

int damaged_rows_exist(sqlite3 *db, const struct damaged_rows *o, bool *exist,
		       struct err *e)
{
	int rc = 0;

	*exist = false;
	for (size_t i = 0; rc == 0 && !*exist && i < COUNT(tables); i++)
		rc = o->whole ? look_at_all(db, &tables[i], o, exist, e)
			      : look_at_ends(db, &tables[i], o, exist, e);
	return rc;
}

/* Print the row as a JSON object, without blobs. */
static int add_object(sqlite3 *db, sqlite3_str *sql, const struct table *t,
		      struct err *e)
{
	struct stmt s = { 0 };
	const char *comma = "";
	int rc = stmt_open(&s, db,
			   "SELECT name FROM pragma_table_info(?1) "
			   "WHERE type <> 'BLOB'",
			   e);

	if (rc == 0)
		stmt_bind_text(&s, 1, span_of(t->name));
	sqlite3_str_appendall(sql, "json_object(");
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		const char *name = stmt_string(&s, 0);

		sqlite3_str_appendf(sql, "%s'%q', \"%w\"", comma, name, name);
		comma = ", ";
	}
	sqlite3_str_appendall(sql, ")");
	stmt_close(&s);
	return rc;
}

static int run_where(sqlite3 *db, sqlite3_str *sql, const struct table *t,
		     const struct damaged_rows *o, struct err *e)
{
	struct stmt s = { 0 };
	int rc = open_where(&s, db, sql, t, o, e);

	if (rc == 0)
		rc = stmt_run(&s, e);
	stmt_close(&s);
	return rc;
}

static int move_from(sqlite3 *db, const struct table *t,
		     const struct damaged_rows *o, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendf(sql,
			    "INSERT INTO damaged_row (found_ts, table_name, "
			    "content) SELECT %lld, '%s', ",
			    (long long)o->now, t->name);
	rc = add_object(db, sql, t, e);
	sqlite3_str_appendf(sql, " FROM %s WHERE ", t->name);
	if (rc < 0) {
		sqlite3_free(sqlite3_str_finish(sql));
		return rc;
	}
	rc = run_where(db, sql, t, o, e);
	if (rc <= 0)
		return rc;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendf(sql, "DELETE FROM %s WHERE ", t->name);
	return run_where(db, sql, t, o, e);
}

int damaged_rows_move(sqlite3 *db, const struct damaged_rows *o,
		      const struct repair_report *r, struct err *e)
{
	int moved = 0;
	int rc = stmt_exec(db,
			   "CREATE TABLE IF NOT EXISTS damaged_row ("
			   "id INTEGER PRIMARY KEY, found_ts INTEGER NOT NULL, "
			   "table_name TEXT NOT NULL, content TEXT NOT NULL) "
			   "STRICT",
			   e);

	for (size_t i = 0; rc >= 0 && i < COUNT(tables); i++) {
		rc = move_from(db, &tables[i], o, e);
		if (rc <= 0)
			continue;
		repair_report_say(
			r,
			"moved %d %s of the table %s, with a time or a "
			"number that no meter sends, to the table "
			"damaged_row",
			rc, print_noun(rc, "row", "rows"), tables[i].name);
		moved += rc;
	}
	return rc < 0 ? rc : moved;
}

static int list_of(sqlite3 *db, const struct table *t,
		   const struct damaged_rows *o, const struct repair_report *r,
		   struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int rc;

	sqlite3_str_appendall(sql, "SELECT ");
	rc = add_object(db, sql, t, e);
	sqlite3_str_appendf(sql, " FROM %s WHERE ", t->name);
	if (rc < 0)
		sqlite3_free(sqlite3_str_finish(sql));
	else
		rc = open_where(&s, db, sql, t, o, e);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		repair_report_say(r, "%s: no meter sends %s", t->name,
				  stmt_string(&s, 0));
	stmt_close(&s);
	return rc;
}

int damaged_rows_list(sqlite3 *db, const struct damaged_rows *o,
		      const struct repair_report *r, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(tables); i++)
		rc = list_of(db, &tables[i], o, r, e);
	return rc;
}

/* The rows of these queries are the problems. */
static const struct {
	const char *sql, *what;
} meters[] = {
	{ "SELECT count(*) FROM meter WHERE id < 1 OR id > 1000000000 "
	  "OR channel NOT BETWEEN 0 AND 1000",
	  "meter has an impossible number" },
	{ "SELECT count(*) FROM installation WHERE "
	  "first_ts NOT BETWEEN 0 AND 4102444800 "
	  "OR channel NOT BETWEEN -1 AND 1000 "
	  "OR value_offset NOT BETWEEN -1e15 AND 1e15",
	  "installation has an impossible number" },
	{ "SELECT count(*) FROM installation "
	  "WHERE meter NOT IN (SELECT id FROM meter)",
	  "installation names a meter that does not exist" },
	{ "SELECT EXISTS (SELECT 1 FROM electricity) AND NOT EXISTS "
	  "(SELECT 1 FROM installation WHERE channel = 0 "
	  "AND medium = 'electricity')",
	  "installation names no electricity meter" },
};

/*
 * If a person inserted a row before the first one, its meter was there already.
 */
static int begin_earlier(sqlite3 *db, struct err *e)
{
	static const char late[] =
		"SELECT (SELECT min(ts) FROM electricity) < "
		"(SELECT min(first_ts) FROM installation "
		"WHERE channel = 0 AND medium = 'electricity')";
	int64_t is_late = 0;
	int rc = stmt_ask(db, late, &is_late, e);

	if (rc < 0 || !is_late)
		return rc;
	return stmt_exec(db,
			 "UPDATE installation SET first_ts = "
			 "(SELECT min(ts) FROM electricity) WHERE channel = 0 "
			 "AND medium = 'electricity' AND first_ts = "
			 "(SELECT min(first_ts) FROM installation "
			 "WHERE channel = 0 AND medium = 'electricity')",
			 e);
}

int damaged_rows_meters(sqlite3 *db, struct err *e)
{
	for (size_t i = 0; i < COUNT(meters); i++) {
		int64_t wrong = 0;
		int rc = stmt_ask(db, meters[i].sql, &wrong, e);

		if (rc < 0)
			return rc;
		if (wrong != 0)
			return err_set(e, ERR_DAMAGED,
				       "the database is damaged: the table %s",
				       meters[i].what);
	}
	return begin_earlier(db, e);
}
