/* The newest reading, as a line of JSON. */
#include "storage/history/query.h"
#include "storage/history/query_connection.h"
#include "telegram/quantity.h"
#include "telegram/reading.h"

/* The table of query_newest that has a quantity: its letter, or 0. */
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
	sqlite3_str_appendall(sql, " END)), NULL) FROM (SELECT * FROM meters"
				   " WHERE channel > 0 ORDER BY channel) AS m"
				   " JOIN meter AS d USING (id)"
				   " WHERE m.last_ts > e.ts - 86400))");
}

/* Phases have rows of their own, at most this far apart (`phases_interval`). */
#define PHASES_APART_S "900"

int query_newest(struct query *q, FILE *out, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(q->db);
	struct stmt s = { 0 };
	int rc;

	sqlite3_str_appendall(
		sql, "SELECT json_patch('{}', json_object('time',"
		     " strftime('%Y-%m-%dT%H:%M:%SZ', e.ts, 'unixepoch'),"
		     " 'meter', (SELECT nullif(identifier, '') FROM readings"
		     " AS r JOIN meter AS m ON m.id = r.meter"
		     " WHERE r.ts = e.ts)");
	newest_values(sql);
	newest_mbus(sql);
	sqlite3_str_appendf(
		sql,
		")) FROM (SELECT * FROM electricity WHERE time_source <> %d"
		" ORDER BY ts DESC LIMIT 1) AS e"
		" LEFT JOIN phases AS p ON p.ts = (SELECT max(ts) FROM phases"
		" WHERE ts > e.ts - " PHASES_APART_S " AND ts <= e.ts)"
		" LEFT JOIN quality AS q"
		" ON q.ts = (SELECT max(ts) FROM quality)"
		" LEFT JOIN state AS s"
		" ON s.ts = (SELECT max(ts) FROM state)",
		TIME_ENTERED);
	query_begin(q);
	rc = stmt_open_text(&s, q->db, sql, e);
	if (rc == 0)
		rc = query_text(q, &s, out, e);
	stmt_close(&s);
	return query_end(q, rc, e);
}
