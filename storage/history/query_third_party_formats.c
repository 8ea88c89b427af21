/* Documents of other programs, from the power or from a reading in JSON. */
#include <stdlib.h>

#include "storage/history/query.h"
#include "storage/history/query_rows.h"

/* clang-format off */
/* Local time without a zone, as in "SMER", of row e. */
#define SMER_DATE(ts)                                                          \
	"strftime('%Y-%m-%dT%H:%M:%S', " ts " + (SELECT utc_offset_s +"        \
	" iif(" ts " >= change_ts, change_s, 0) FROM calendar_day"             \
	" WHERE start_ts <= " ts " ORDER BY start_ts DESC LIMIT 1),"           \
	" 'unixepoch')"

int query_smer(struct query *q, int64_t from, int64_t to, int64_t step,
	       FILE *out, struct err *e)
{
	static const struct query_select select = {
		.sql =
		    "SELECT " SMER_DATE("t") " AS date, t AS timestamp,"
		    " w AS usageWatts FROM (SELECT min(ts) AS t,"
		    " CAST(avg(ifnull(power_import_w, 0) -"
		    " ifnull(power_export_w, 0)) AS INTEGER) AS w"
		    " FROM electricity WHERE ts >= ?1 AND ts < ?2"
		    " AND ifnull(power_import_w, power_export_w) IS NOT NULL"
		    " GROUP BY ts / ?3)",
	};
	int rc;

	fputs("{\"readings\":", out);
	rc = query_rows(q, &select, (int64_t[]){from, to, step}, false, out,
			e);
	fputs("}", out);
	return rc;
}

/* Print the text that a statement makes of up to two others. */
static int document(struct query *q, const char *sql, struct span line,
		    struct span more, FILE *out, struct err *e)
{
	struct query_format w = { 0 };
	struct stmt *s;
	int rc;

	query_begin(q);
	s = query_statement(q, sql, e);
	if (s != NULL) {
		stmt_bind_text(s, 1, line);
		stmt_bind_text(s, 2, more);
	}
	rc = s != NULL ? stmt_next(s, e) : e->code;
	if (rc > 0)
		query_format_put(&w, stmt_text(s, 0));
	if (rc > 0)
		rc = query_format_end(&w, e);
	query_format_print((struct span){ w.text, w.n }, out);
	free(w.text);
	return query_end(q, rc, e);
}

#define OF(key) "(?1 ->> '$." key "')"
#define WATTS(key) "CAST(round(ifnull(" OF(key) ", 0) * 1000) AS INTEGER)"

int query_smer_one(struct query *q, struct span line, FILE *out, struct err *e)
{
	return document(q,
			"SELECT json_object('date', " SMER_DATE(
				"t") ", 'timestamp', t, 'usageWatts', " WATTS("power_import") " - " WATTS("power_export") ") FROM (SELECT unixepoch(" OF("time") ") AS t)",
			line, SPAN(""), out, e);
}

int query_with_costs(struct query *q, struct span line, struct span costs,
		     FILE *out, struct err *e)
{
	return document(q, "SELECT json_insert(?1, '$.cost_today', json(?2))",
			line, costs, out, e);
}

#define TARIFF(n)                                                              \
	"json_object('consumed', " OF("import_t" n) ", 'produced', " OF(       \
		"export_t" n) ")"
#define PHASE(n)                                                               \
	"json_object('volts', " OF("voltage_l" n) ", 'amps', " OF(             \
		"current_l" n) ", 'watts', " WATTS("power_import_l" n) ")"
#define GAS(key) "(gas ->> '$." key "')"

int query_smart_meter(struct query *q, struct span line, FILE *out,
		      struct err *e)
{
	return document(
		q,
		"SELECT json_object('header', " OF("header")
		", 'version', CAST(" OF("version") " AS INTEGER)"
		", 'timestamp', unixepoch(" OF("time") ")"
		", 'kwh', json_object('eid', " OF("meter")
		", 'tariff', " OF("tariff") ", 'switch', " OF("breaker")
		", 'threshold', " OF("limiter")
		", 'low', " TARIFF("1") ", 'high', " TARIFF("2")
		", 'current_consumed', " OF("power_import")
		", 'current_produced', " OF("power_export") ")"
		", 'instantaneous', json_object('l1', " PHASE("1")
		", 'l2', " PHASE("2") ", 'l3', " PHASE("3") ")"
		", 'gas', json_object('eid', " GAS("meter")
		", 'device_type', iif(gas IS NULL, NULL, 3)"
		", 'total', ifnull(" GAS("value") ", 0), 'valve', NULL"
		", 'measured_at', unixepoch(" GAS("time") "))"
		", 'msg', json_object('code', " OF("message_code")
		", 'text', " OF("message") "))"
		" FROM (SELECT (SELECT value FROM json_each(?1, '$.mbus')"
		" WHERE value ->> '$.medium' = 'gas' LIMIT 1) AS gas)",
		line, SPAN(""), out, e);
}

static const char *const tables[] = {
	[QUERY_MEMBERS] = "SELECT key, value FROM json_each(?1)"
			  " WHERE type IN ('integer', 'real')"
			  " OR key = 'meter'",
	[QUERY_MBUS] = "SELECT value ->> '$.channel', value ->> '$.medium' AS m,"
		       " value ->> '$.meter', value ->> '$.unit' AS u,"
		       " value ->> '$.value' FROM json_each(?1, '$.mbus')"
		       " ORDER BY iif((m, u) IN (VALUES ('gas', 'm3'),"
		       " ('water', 'm3'), ('warm_water', 'm3'), ('heat', 'GJ'),"
		       " ('cold', 'GJ')), m, '~'), u, 1",
	[QUERY_TIME] = ("SELECT t FROM (SELECT unixepoch(?1 ->> '$.time') AS t)"
			" WHERE t IS NOT NULL"),
};

int query_line(struct query *q, enum query_table what, struct span line,
	       void (*row)(void *ctx, const struct span cell[QUERY_CELLS]),
	       void *ctx, struct err *e)
{
	struct span cell[QUERY_CELLS] = { 0 };
	struct stmt *s;
	int rc;

	query_begin(q);
	s = query_statement(q, tables[what], e);
	rc = s != NULL ? 0 : e->code;
	if (rc == 0)
		stmt_bind_text(s, 1, line);
	while (rc >= 0 && (rc = stmt_next(s, e)) > 0) {
		for (int i = 0; i < stmt_columns(s); i++)
			cell[i] = stmt_text(s, i);
		row(ctx, cell);
	}
	return query_end(q, rc, e);
}
