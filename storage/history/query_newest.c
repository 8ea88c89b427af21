/* The newest reading as a line of JSON, and today's consumption up to it. */
#include "storage/db/transaction.h"
#include "storage/history/query.h"
#include "storage/history/query_rows.h"
#include "telegram/obis_quantities.h"
#include "telegram/reading.h"

/* clang-format off */
/* The table that has the quantities of a place; demands are left out. */
#define HAS_COUNTER(text) text
#define HAS_POWER(text)   text
#define HAS_PHASE(text)   text
#define HAS_QUALITY(text) text
#define HAS_STATE(text)   text
#define HAS_DEMAND(text)
#define FROM_COUNTER "e."
#define FROM_POWER   "e."
#define FROM_PHASE   "p."
#define FROM_QUALITY "q."
#define FROM_STATE   "s."
#define COLUMN(id, name, obis, unit, place)                                   \
	HAS_##place(", " FROM_##place #name QUANTITY_TAIL_##unit " AS " #name)

/* How a quantity is written: query_rows.h. */
#define CELL_WH     "m"
#define CELL_VARH   "m"
#define CELL_W      "m"
#define CELL_VAR    "m"
#define CELL_MV     "m"
#define CELL_MA     "m"
#define CELL_NUMBER "v"
#define CELL(id, name, obis, unit, place) HAS_##place(CELL_##unit)

#define WHEN_3(suffix, json) " WHEN '" suffix "' THEN '" json "'"
#define WHEN_0(suffix, json)
#define WHEN(id, suffix, json, decimals) WHEN_##decimals(suffix, json)

#define MBUS                                                                  \
	"(SELECT iif(count(*) > 0, json_group_array(json_object("             \
	"'channel', m.channel, 'medium', m.medium, 'meter', m.identifier,"    \
	" 'time', m.last, 'value', (SELECT value FROM mbus AS v"              \
	" WHERE v.meter = m.id ORDER BY v.ts DESC LIMIT 1) / 1000.0,"         \
	" 'unit', CASE d.unit" UNITS(WHEN) " END)), NULL)"                    \
	" FROM (SELECT * FROM meters WHERE channel > 0 ORDER BY channel) AS m"\
	" JOIN meter AS d USING (id) WHERE m.last_ts > e.ts - 86400)"

/* Phases have rows of their own, at most this far apart (`phases_interval`). */
#define PHASES_APART_S "900"

static const struct query_select newest = {
	.sql = "SELECT e.ts AS time, (SELECT nullif(identifier, '')"
	       " FROM readings AS r JOIN meter AS m ON m.id = r.meter"
	       " WHERE r.ts = e.ts) AS meter" QUANTITIES(COLUMN) ", "
	       MBUS " AS mbus FROM (SELECT * FROM electricity"
	       " WHERE time_source <> ?1 ORDER BY ts DESC LIMIT 1) AS e"
	       " LEFT JOIN phases AS p ON p.ts = (SELECT max(ts) FROM phases"
	       " WHERE ts > e.ts - " PHASES_APART_S " AND ts <= e.ts)"
	       " LEFT JOIN quality AS q"
	       " ON q.ts = (SELECT max(ts) FROM quality)"
	       " LEFT JOIN state AS s"
	       " ON s.ts = (SELECT max(ts) FROM state)",
	.cells = "tv" QUANTITIES(CELL) "j",
	.one = true,
};
/* clang-format on */

int query_newest(struct query *q, FILE *out, struct err *e)
{
	return query_rows(q, &newest, (int64_t[]){ TIME_ENTERED, 0, 0 }, false,
			  out, e);
}

static int print_today(struct query *q, int64_t now, FILE *out, struct err *e)
{
	char day[LOCAL_TIME_DAY];
	int64_t from = 0, last = 0;
	int rc = query_date(q, (struct span){ 0 }, day, e);

	if (rc == 0)
		rc = query_instant(q, span_of(day), &from, e);
	fputs("{\"rows\":", out);
	if (rc == 0)
		rc = query_history(q, PERIOD_DAY, from, now + 1, QUERY_JSON,
				   out, e);
	if (rc == 0)
		rc = query_newest_time(q, &last, e);
	if (rc == 0 && last > 0) {
		fputs(",\"reading\":", out);
		rc = query_newest(q, out, e);
	}
	fputs("}\n", out);
	return rc;
}

int query_today(struct query *q, FILE *out, struct err *e)
{
	int rc = transaction_hold(q->db, e);

	if (rc < 0)
		return rc;
	rc = print_today(q, clock_utc(q->clock), out, e);
	transaction_rollback(q->db);
	return rc;
}
