/* Power failures, sags and swells, by the meter's own counts. */
#include "storage/history/query.h"
#include "storage/history/query_rows.h"

#define COUNT_OF(name)                                                         \
	"SELECT '" name "' AS name, ts, " name " AS n FROM quality "

/*
 * A count comes from the newest row that has it; it last rose where it is
 * higher than in the row before. For long failures the meter's log has the end
 * and the length.
 */
static const char events_sql[] =
	"WITH counts AS (" COUNT_OF("long_power_failures") "UNION ALL " COUNT_OF("power_failures") "UNION ALL " COUNT_OF("voltage_sags_l1") "UNION ALL " COUNT_OF("voltage_sags_l2") "UNION ALL " COUNT_OF("voltage_sags_l3") "UNION ALL " COUNT_OF(
		"voltage_swells_l1") "UNION ALL " COUNT_OF("voltage_swells_l2") "UNION ALL " COUNT_OF("voltage_swells_l3") "), "
															   "steps AS (SELECT *, lag(n) OVER (PARTITION BY name ORDER BY ts) AS was "
															   "FROM counts WHERE n IS NOT NULL), "
															   "log AS (SELECT max(end_ts) AS end_ts, seconds FROM power_failure), "
															   "event AS (SELECT name, n AS count, max(ts) AS newest, "
															   "(SELECT max(ts) FROM steps AS r WHERE r.name = s.name AND r.n > r.was) AS rise "
															   "FROM steps AS s GROUP BY name HAVING n > 0), "
															   "dated AS (SELECT name, count, iif(name = 'long_power_failures', "
															   "ifnull((SELECT end_ts FROM log), rise), rise) AS last_ts, "
															   "iif(name = 'long_power_failures', (SELECT seconds FROM log), NULL) AS seconds "
															   "FROM event) "
															   "SELECT name, count, last_ts, datetime(last_ts + utc_offset_s + "
															   "iif(last_ts >= change_ts, change_s, 0), 'unixepoch') AS local_last, seconds "
															   "FROM dated LEFT JOIN calendar_day ON last_ts >= start_ts AND last_ts < end_ts "
															   "ORDER BY name";

int query_events(struct query *q, FILE *out, struct err *e)
{
	static const struct query_select select = { .sql = events_sql };

	return query_rows(q, &select, (int64_t[3]){ 0 }, false, out, e);
}
