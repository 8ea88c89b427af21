#include "storage/db/fingerprint.h"

#include "storage/db/stmt.h"

static int count_rows(sqlite3 *db, const char *table, struct span name,
		      sqlite3_str *text, int64_t *rows, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int64_t n = 0;
	int rc;

	sqlite3_str_appendf(sql, "SELECT count(*) FROM \"%w\"", table);
	rc = stmt_open_text(&s, db, sql, e);
	if (rc == 0)
		rc = stmt_value(&s, 0, &n, e);
	stmt_close(&s);
	sqlite3_str_appendf(text, "rows of %.*s: %lld\n", SPAN_ARG(name),
			    (long long)n);
	*rows += n;
	return rc;
}

/* meta says whether it is a copy; SQLite's own tables are hints. */
static int count_all(sqlite3 *db, sqlite3_str *text, int64_t *rows,
		     struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT name FROM sqlite_schema WHERE type = 'table'"
			   " AND name <> 'meta' AND name NOT LIKE 'sqlite%' "
			   "ORDER BY name",
			   e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		struct span name = stmt_text(&s, 0);

		rc = count_rows(db, name.p, name, text, rows, e);
	}
	stmt_close(&s);
	return rc;
}

/* Print each row of a query on a line: the columns' names and values. */
static int list_rows(sqlite3 *db, const char *what, const char *sql,
		     sqlite3_str *text, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		sqlite3_str_appendall(text, what);
		for (int i = 0; i < stmt_columns(&s); i++)
			if (!stmt_is_null(&s, i))
				sqlite3_str_appendf(text, " %s=%lld",
						    stmt_column_name(&s, i),
						    (long long)stmt_key(&s, i));
		sqlite3_str_appendall(text, "\n");
	}
	stmt_close(&s);
	return rc;
}

/* Rows with an impossible time do not count; 3 is TIME_ENTERED. */
#define POSSIBLE "ts BETWEEN 1199145600 AND 4102444800"
#define SENT " AND time_source <> 3"

/*
 * `end` is min or max, of the rows for which `possible` is true. Schema 5 has
 * no added meters.
 */
static int end_of_readings(sqlite3 *db, const char *end, const char *possible,
			   int64_t none, int64_t *ts, struct err *e)
{
	const bool adds = sqlite3_table_column_metadata(
				  db, NULL, "meter", "other", NULL, NULL, NULL,
				  NULL, NULL) == SQLITE_OK;
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int rc;

	sqlite3_str_appendf(sql,
			    "SELECT %s(ts) FROM (SELECT %s(ts) AS ts FROM "
			    "electricity WHERE %s UNION ALL SELECT (SELECT "
			    "%s(ts) FROM mbus WHERE meter = id AND %s) "
			    "FROM meter",
			    end, end, possible, end, possible);
	if (adds)
		sqlite3_str_appendf(sql,
				    " UNION ALL SELECT (SELECT %s(ts) FROM "
				    "other_electricity WHERE meter = id AND "
				    "%s) FROM meter WHERE other < 0",
				    end, possible);
	sqlite3_str_appendall(sql, ")");
	rc = stmt_open_text(&s, db, sql, e);
	if (rc == 0)
		rc = stmt_value_time(&s, none, ts, e);
	stmt_close(&s);
	return rc;
}

int fingerprint_newest(sqlite3 *db, int64_t *ts, struct err *e)
{
	return end_of_readings(db, "max", POSSIBLE, INT64_MIN, ts, e);
}

int fingerprint_newest_sent(sqlite3 *db, int64_t *ts, struct err *e)
{
	return end_of_readings(db, "max", POSSIBLE SENT, INT64_MIN, ts, e);
}

int fingerprint_oldest(sqlite3 *db, int64_t *ts, struct err *e)
{
	return end_of_readings(db, "min", POSSIBLE, INT64_MAX, ts, e);
}

int fingerprint_of(struct fingerprint *f, sqlite3 *db, struct err *e)
{
	sqlite3_str *text = sqlite3_str_new(db);
	int rc;

	*f = (struct fingerprint){ 0 };
	rc = count_all(db, text, &f->rows, e);
	if (rc == 0)
		rc = list_rows(db, "schema", "PRAGMA user_version", text, e);
	if (rc == 0)
		rc = list_rows(db, "last reading",
			       "SELECT * FROM electricity "
			       "ORDER BY ts DESC LIMIT 1",
			       text, e);
	if (rc == 0)
		rc = list_rows(db, "last value",
			       "SELECT id AS meter, v.ts, v.value FROM meter "
			       "JOIN mbus AS v ON v.meter = id AND v.ts = "
			       "(SELECT max(ts) FROM mbus WHERE meter = id) "
			       "ORDER BY id",
			       text, e);
	if (rc == 0)
		rc = fingerprint_newest(db, &f->newest, e);
	f->text = sqlite3_str_finish(text);
	if (rc == 0 && f->text == NULL)
		rc = err_memory(e);
	return rc;
}

void fingerprint_free(struct fingerprint *f)
{
	sqlite3_free(f->text);
	*f = (struct fingerprint){ 0 };
}

int fingerprint_same(const struct fingerprint *source,
		     const struct fingerprint *copy, struct err *e)
{
	struct span a = span_of(source->text), b = span_of(copy->text);
	struct span one, two;

	while (span_cut(&a, '\n', &one)) {
		if (!span_cut(&b, '\n', &two))
			two = SPAN("nothing");
		if (!span_eq(one, two))
			return err_set(e, ERR_IO,
				       "the copy has '%.*s' instead of '%.*s'",
				       SPAN_ARG(two), SPAN_ARG(one));
	}
	if (b.n > 0)
		return err_set(e, ERR_IO, "the copy has more than its source");
	return 0;
}
