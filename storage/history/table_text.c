#include "storage/history/table_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/jsonout.h"
#include "storage/history/history_connection.h"

enum { OBJECT = 4096 }; /* bytes of a row as JSON */

static const char *const in_range[TABLE_TEXTS] = {
	[TABLE_TEXT_COUNTER_FROM] = "SELECT * FROM counter_from WHERE "
				    "ts >= ?1 AND ts <= ?2 ORDER BY ts",
	[TABLE_TEXT_COUNTER_TO] = "SELECT * FROM counter_to WHERE "
				  "ts >= ?1 AND ts <= ?2 ORDER BY ts",
	[TABLE_TEXT_ELECTRICITY] = "SELECT * FROM electricity WHERE "
				   "ts >= ?1 AND ts <= ?2 ORDER BY ts",
	[TABLE_TEXT_MBUS] = "SELECT v.* FROM meter CROSS JOIN mbus AS v ON "
			    "v.meter = meter.id AND v.ts >= ?1 AND v.ts <= ?2",
	[TABLE_TEXT_PHASES] = "SELECT * FROM phases WHERE "
			      "ts >= ?1 AND ts <= ?2 ORDER BY ts",
};

/* Write the current row; `skip` is a column to leave out, or -1. */
static void write_line(struct stmt *s, int skip, FILE *out)
{
	const int n = stmt_columns(s);

	for (int i = 0; i < n; i++) {
		if (i == skip)
			continue;
		if (i > 0)
			putc(',', out);
		if (!stmt_is_null(s, i))
			fprintf(out, "%" PRId64, stmt_key(s, i));
	}
	putc('\n', out);
}

static int column_of(struct stmt *s, const char *name)
{
	int i = stmt_columns(s) - 1;

	while (i >= 0 && strcmp(stmt_column_name(s, i), name) != 0)
		i--;
	return i;
}

int table_text_lines(struct history *h, enum table_text which, int64_t first,
		     int64_t last, FILE *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, h->db, in_range[which], e), skip;

	if (rc < 0)
		return rc;
	stmt_bind(&s, 1, first);
	stmt_bind(&s, 2, last);
	skip = column_of(&s, "hour");
	while ((rc = stmt_next(&s, e)) > 0)
		write_line(&s, skip, out);
	stmt_close(&s);
	return rc;
}

static void write_cell(struct jsonout *o, struct stmt *s, int i)
{
	const char *name = stmt_column_name(s, i);

	if (stmt_is_null(s, i))
		jsonout_raw(o, name, "null");
	else if (stmt_is_number(s, i))
		jsonout_whole(o, name, stmt_key(s, i));
	else
		jsonout_text(o, name, stmt_text(s, i));
}

/* Write a table as a member of the object: ,"name":[{...},...] */
static int write_table(sqlite3 *db, const char *name, const char *sql,
		       FILE *out, struct err *e)
{
	struct stmt s = { 0 };
	char object[OBJECT];
	const char *comma = "";
	int rc = stmt_open(&s, db, sql, e);

	fprintf(out, ",\"%s\":[", name);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		struct jsonout o = jsonout(object, sizeof(object));

		jsonout_open(&o, NULL, '{');
		for (int i = 0; i < stmt_columns(&s); i++)
			write_cell(&o, &s, i);
		jsonout_close(&o, '}');
		if (jsonout_end(&o) == 0)
			rc = err_set(e, ERR_FORMAT, "a row of %s is too long",
				     name);
		else
			fprintf(out, "%s%s", comma, object);
		comma = ",";
	}
	stmt_close(&s);
	putc(']', out);
	return rc;
}

int table_text_house(struct history *h, FILE *out, struct err *e)
{
	static const struct {
		const char *name, *sql;
	} tables[] = {
		{ "meters", "SELECT * FROM meter ORDER BY id" },
		{ "runs", "SELECT * FROM installation" },
		{ "calendar_day", "SELECT * FROM calendar_day" },
		{ "calendar_month", "SELECT * FROM calendar_month" },
		{ "calendar_year", "SELECT * FROM calendar_year" },
	};
	char zone[OBJECT];
	struct jsonout o = jsonout(zone, sizeof(zone));
	int rc = 0;

	jsonout_text(&o, NULL, span_of(h->timezone));
	jsonout_end(&o);
	fprintf(out, "{\"timezone\":%s", zone);
	for (size_t i = 0; rc == 0 && i < COUNT(tables); i++)
		rc = write_table(h->db, tables[i].name, tables[i].sql, out, e);
	putc('}', out);
	return rc;
}
