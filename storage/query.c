#include "storage/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "storage/db.h"
#include "storage/query_parts.h"
#include "telegram/quantity.h"

enum { STEPS = 1000 }; /* of SQLite's machine between two looks at the clock */

static int is_over(void *ctx)
{
	const struct query *q = ctx;

	return clock_monotonic_ms(q->limits.clock) > q->until_ms;
}

void query_begin(struct query *q)
{
	q->until_ms = clock_monotonic_ms(q->limits.clock) + q->limits.ms;
}

/* What a failure was, if it was one: the time may have been over. */
int query_end(const struct query *q, int rc, struct err *e)
{
	if (rc >= 0)
		return 0;
	if (rc == ERR_FAILED && is_over((void *)q))
		return err_set(e, ERR_BUSY,
			       "it takes longer than %ld ms: ask for less",
			       q->limits.ms);
	return rc;
}

struct query *query_open(const char *path, const struct query_limits *limits,
			 struct err *e)
{
	struct query *q = calloc(1, sizeof(*q));

	if (q == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	q->limits = *limits;
	if (db_open_reader(&q->db, path, e) < 0) {
		free(q);
		return NULL;
	}
	sqlite3_busy_timeout(q->db, (int)limits->ms);
	sqlite3_progress_handler(q->db, STEPS, is_over, q);
	return q;
}

void query_close(struct query *q)
{
	if (q != NULL)
		db_close(q->db);
	free(q);
}

/* A text with its quotes doubled, if it needs any. */
static void csv_cell(FILE *out, struct span s)
{
	if (s.n == 0)
		return;
	if (strcspn(s.p, ",\"\r\n") >= s.n) {
		fwrite(s.p, 1, s.n, out);
		return;
	}
	putc('"', out);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			putc('"', out);
		putc(s.p[i], out);
	}
	putc('"', out);
}

static void csv_row(FILE *out, struct stmt *s, bool names)
{
	int n = sqlite3_column_count(s->h);

	for (int i = 0; i < n; i++) {
		if (i > 0)
			putc(',', out);
		csv_cell(out, names ? span_of(sqlite3_column_name(s->h, i))
				    : stmt_text(s, i));
	}
	putc('\n', out);
}

static int write_rows(const struct query *q, struct stmt *s,
		      enum query_form form, FILE *out, struct err *e)
{
	long n = 0;
	int rc;

	if (form == QUERY_CSV)
		csv_row(out, s, true);
	while ((rc = stmt_next(s, e)) > 0) {
		struct span text = stmt_text(s, 0);

		if (++n > q->limits.rows)
			return err_set(e, ERR_USAGE,
				       "more than %ld rows: ask for less",
				       q->limits.rows);
		if (form == QUERY_CSV)
			csv_row(out, s, false);
		else
			fprintf(out, "%s%.*s", n > 1 ? ",\n" : "",
				SPAN_ARG(text));
	}
	return rc;
}

/*
 * "'day', day, ..." for json_object: all that this SELECT gives. A merge patch
 * takes the NULLs out: what is not known is absent.
 */
static int json_of(struct query *q, const char *select, sqlite3_str *sql,
		   struct err *e)
{
	struct stmt s = {0};
	int rc = stmt_open(&s, q->db, select, e);

	sqlite3_str_appendall(sql, "SELECT json_patch('{}', json_object(");
	for (int i = 0; rc == 0 && i < sqlite3_column_count(s.h); i++) {
		const char *name = sqlite3_column_name(s.h, i);

		sqlite3_str_appendf(sql, "%s%Q, \"%w\"", i > 0 ? ", " : "",
				    name, name);
	}
	sqlite3_str_appendf(sql, ")) FROM (%s)", select);
	stmt_close(&s);
	return rc;
}

static int open_form(struct stmt *s, struct query *q, const char *select,
		     enum query_form form, struct err *e)
{
	sqlite3_str *sql;
	int rc;

	if (form == QUERY_CSV)
		return stmt_open(s, q->db, select, e);
	sql = sqlite3_str_new(q->db);
	rc = json_of(q, select, sql, e);
	if (rc == 0)
		return stmt_open_text(s, q->db, sql, e);
	sqlite3_free(sqlite3_str_finish(sql));
	return rc;
}

/* Up to three numbers for ?1, ?2, ?3; the rows between brackets in JSON. */
int query_rows(struct query *q, const char *select, const int64_t v[3],
		  enum query_form form, FILE *out, struct err *e)
{
	struct stmt s = {0};
	int rc;

	query_begin(q);
	rc = open_form(&s, q, select, form, e);
	if (rc == 0) {
		int n = sqlite3_bind_parameter_count(s.h);

		for (int i = 0; i < n; i++)
			stmt_bind(&s, i + 1, v[i]);
		if (form == QUERY_JSON)
			putc('[', out);
		rc = write_rows(q, &s, form, out, e);
		if (form == QUERY_JSON)
			fputs("]", out);
	}
	stmt_close(&s);
	return query_end(q, rc, e);
}

int query_history(struct query *q, enum period p, int64_t from, int64_t to,
		  enum query_form form, FILE *out, struct err *e)
{
	static const char *const selects[] = {
#define SELECT(view)                                                           \
	"SELECT * FROM " view " WHERE start_ts >= ?1 AND start_ts < ?2"        \
	" ORDER BY start_ts"
		[PERIOD_HOUR] = SELECT("hourly"),
		[PERIOD_DAY] = SELECT("daily"),
		[PERIOD_MONTH] = SELECT("monthly"),
		[PERIOD_YEAR] = SELECT("yearly"),
#undef SELECT
	};

	return query_rows(q, selects[p], (int64_t[]){from, to, 0}, form, out, e);
}

int query_power(struct query *q, int64_t from, int64_t to, int64_t step,
		enum query_form form, FILE *out, struct err *e)
{
	return query_rows(q,
		      "SELECT ts / ?3 * ?3 AS ts,"
		      " CAST(avg(power_import_w) AS INTEGER) AS import_w,"
		      " CAST(avg(power_export_w) AS INTEGER) AS export_w,"
		      " max(power_import_max_w) AS import_max_w,"
		      " max(power_export_max_w) AS export_max_w"
		      " FROM electricity WHERE ts >= ?1 AND ts < ?2 GROUP BY 1",
		      (int64_t[]){from, to, step}, form, out, e);
}

int query_meters(struct query *q, enum query_form form, FILE *out,
		 struct err *e)
{
	return query_rows(q,
		      "SELECT id, medium, identifier, channel, first, last,"
		      " first_ts, last_ts FROM meters ORDER BY channel, first",
		      (int64_t[3]){0}, form, out, e);
}

/* The one text that a statement gives, if it gives one. */
int query_text(struct query *q, struct stmt *s, FILE *out, struct err *e)
{
	int rc;

	query_begin(q);
	rc = stmt_next(s, e);
	if (rc > 0) {
		struct span text = stmt_text(s, 0);

		fwrite(text.p, 1, text.n, out);
	}
	return query_end(q, rc, e);
}

/* Which of the tables of query_newest has a quantity: its letter, or 0. */
static char table_of(enum place p)
{
	static const char letters[] = {
		[PLACE_COUNTER] = 'e', [PLACE_POWER] = 'e', [PLACE_PHASE] = 'p',
		[PLACE_QUALITY] = 'q', [PLACE_DEMAND] = 0,  [PLACE_STATE] = 's',
	};

	return letters[p];
}

static void newest_values(sqlite3_str *sql)
{
	for (int i = 0; i < Q_COUNT; i++) {
		const struct quantity_info *info = &quantities[i];
		char table = table_of(info->place);

		if (table != 0)
			sqlite3_str_appendf(
				sql, ", '%s', %c.%s%s", info->name, table,
				info->column,
				units[info->unit].decimals ? " / 1000.0" : "");
	}
}

static void newest_mbus(sqlite3_str *sql)
{
	sqlite3_str_appendall(
		sql, ", 'mbus', json((SELECT iif(count(*) > 0,"
		     " json_group_array(json_object('channel', m.channel,"
		     " 'medium', m.medium, 'meter', m.identifier,"
		     " 'time', m.last, 'value', (SELECT value FROM mbus AS v"
		     " WHERE v.meter = m.id ORDER BY v.ts DESC LIMIT 1) /"
		     " 1000.0, 'unit', CASE d.unit");
	for (int u = 0; u < UNIT_COUNT; u++)
		if (units[u].decimals > 0)
			sqlite3_str_appendf(sql, " WHEN '%s' THEN '%s'",
					    units[u].suffix, units[u].json);
	sqlite3_str_appendall(
		sql, " END)), NULL) FROM (SELECT * FROM meters"
		     " WHERE channel > 0 ORDER BY channel) AS m"
		     " JOIN meter AS d USING (id)"
		     " WHERE m.last_ts > e.ts - 86400))");
}

int query_newest(struct query *q, FILE *out, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(q->db);
	struct stmt s = {0};
	int rc;

	sqlite3_str_appendall(
		sql, "SELECT json_patch('{}', json_object('time',"
		     " strftime('%Y-%m-%dT%H:%M:%SZ', e.ts, 'unixepoch'),"
		     " 'meter', (SELECT nullif(identifier, '') FROM readings"
		     " AS r JOIN meter AS m ON m.id = r.meter"
		     " WHERE r.ts = e.ts)");
	newest_values(sql);
	newest_mbus(sql);
	sqlite3_str_appendall(
		sql, ")) FROM (SELECT * FROM electricity ORDER BY ts DESC"
		     " LIMIT 1) AS e LEFT JOIN phases AS p ON p.ts = e.ts"
		     " LEFT JOIN quality AS q"
		     " ON q.ts = (SELECT max(ts) FROM quality)"
		     " LEFT JOIN state AS s"
		     " ON s.ts = (SELECT max(ts) FROM state)");
	query_begin(q);
	rc = stmt_open_text(&s, q->db, sql, e);
	if (rc == 0)
		rc = query_text(q, &s, out, e);
	stmt_close(&s);
	return query_end(q, rc, e);
}

int query_newest_time(struct query *q, int64_t *out, struct err *e)
{
	query_begin(q);
	return query_end(q,
		   stmt_ask(q->db, "SELECT max(ts) FROM electricity", out, e),
		   e);
}

static bool all_digits(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* "2026-03" as "2026-03-01": its first day. False for what is no date. */
static bool first_day(struct span text, char day[11])
{
	static const char rest[] = "0000-01-01";
	struct civil c = {0};

	if (text.n != 4 && text.n != 7 && text.n != 10)
		return false;
	memcpy(day, rest, 11);
	memcpy(day, text.p, text.n);
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? day[i] != '-'
				     : !all_digits((struct span){day + i, 1}))
			return false;
	c.year = atoi(day);
	c.month = atoi(day + 5);
	c.day = atoi(day + 8);
	return civil_valid(&c);
}

/* A day behind the calendar begins after everything. */
static int begin_of_day(struct query *q, const char *day, int64_t *out,
			struct err *e)
{
	struct stmt s = {0};
	int rc;

	query_begin(q);
	rc = stmt_open(&s, q->db,
		       "SELECT min(start_ts) FROM calendar_day WHERE day >= ?1",
		       e);
	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(day));
		rc = stmt_value(&s, INT64_C(253402300799), out, e);
	}
	stmt_close(&s);
	return query_end(q, rc, e);
}

int query_instant(struct query *q, struct span text, int64_t *out,
		  struct err *e)
{
	char day[11], digits[16];

	if (utc_parse(text, out))
		return 0;
	if (first_day(text, day))
		return begin_of_day(q, day, out, e);
	if (!all_digits(text) || text.n > 11)
		return err_set(e, ERR_USAGE,
			       "'%.*s' is no time: 2026, 2026-03, 2026-03-10, "
			       "2026-03-10T11:36:10Z or seconds since 1970",
			       (int)(text.n < 40 ? text.n : 40), text.p);
	memcpy(digits, text.p, text.n);
	digits[text.n] = '\0';
	*out = atoll(digits);
	return 0;
}
