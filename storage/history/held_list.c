#include "storage/history/held_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fixed.h"
#include "base/utc.h"
#include "storage/db/db.h"
#include "storage/db/stmt.h"
#include "storage/judge/can_follow.h"
#include "telegram/meter_serial.h"

/* Use the index of held, because its rows contain telegrams. */
const char held_list_counts[] =
	"SELECT medium, sum(n) FROM (SELECT medium, (SELECT count(*) FROM held"
	" AS h WHERE h.meter = m.id AND NOT EXISTS (SELECT 1 FROM pin AS p"
	" WHERE p.meter = h.meter AND h.ts BETWEEN p.first_ts AND p.last_ts))"
	" AS n FROM meter AS m) GROUP BY medium";

struct held_list {
	sqlite3 *db;
	bool borrowed; /* the connection is the caller's */
	struct stmt list, stuck, other;
};

/* The columns of an entry, after a FROM that names q and the meter m. */
#define ENTRY                                                                  \
	"q.id, q.ts, q.count, m.medium, m.identifier, q.reason, q.register, "  \
	"m.unit, q.value, q.expected_min, q.expected_max, q.channel, "         \
	"q.seen_ts, q.meter, "

/*
 * The time of the newest accepted reading before a row, of the same meter or
 * place.
 */
#define BEFORE                                                                 \
	"iif(q.channel = 0, ifnull((SELECT max(ts) FROM other_electricity AS " \
	"o WHERE o.meter = q.meter AND o.ts < q.ts), (SELECT max(ts) FROM "    \
	"electricity WHERE ts < q.ts)), (SELECT max(ts) FROM mbus AS v "       \
	"WHERE v.meter = q.meter AND v.ts < q.ts))"

/*
 * Read the view quarantine, which has a row for each reading. A reading stops
 * being in doubt if a person accepted another one with the same time.
 */
static const char list_sql[] =
	"WITH one AS (SELECT *, " BEFORE " AS before FROM quarantine AS q "
	"WHERE rejected = 0 AND NOT EXISTS (SELECT 1 FROM pin AS p WHERE "
	"p.meter = q.meter AND p.accepted = 1 AND q.ts BETWEEN p.first_ts AND "
	"p.last_ts)), placed AS (SELECT *, "
	"row_number() OVER (same ORDER BY ts, id) AS place, "
	"max(ts) OVER same AS last_ts, count(*) OVER same AS readings, "
	"sum(count) OVER same AS telegrams FROM one WINDOW same AS "
	"(PARTITION BY meter, channel, reason, register, before)) "
	"SELECT " ENTRY "q.last_ts, q.readings, q.telegrams "
	"FROM placed AS q JOIN meter AS m ON m.id = q.meter "
	"WHERE place = 1 ORDER BY q.ts, q.id";

/*
 * After the newest accepted reading of a meter there are only held ones, for an
 * hour or more; readings held for their time or stream do not count.
 */
static const char stuck_head[] =
	"WITH counted AS NOT MATERIALIZED (SELECT * FROM quarantine WHERE rejected = 0 AND "
	"reason NOT IN ('time', 'unproven')), "
	"newest AS (SELECT meter, channel, max(ts) AS ts, iif(channel = 0, "
	"ifnull((SELECT max(ts) FROM other_electricity AS o WHERE "
	"o.meter = c.meter), (SELECT ts FROM electricity AS r WHERE "
	"r.meter = c.meter ORDER BY ts DESC LIMIT 1)), (SELECT max(ts) FROM mbus AS v "
	"WHERE v.meter = c.meter)) AS accepted FROM counted AS c "
	"GROUP BY meter, channel), "
	"stuck AS (SELECT *, (SELECT min(ts) FROM counted AS c WHERE "
	"c.meter = n.meter AND c.ts > accepted) AS since FROM newest AS n "
	"WHERE ts > accepted AND ts - since >= 3600) "
	"SELECT " ENTRY "s.ts, 0, 0, s.since FROM stuck AS s "
	"JOIN meter AS m ON m.id = s.meter JOIN counted AS q ON q.id = "
	"(SELECT a.id FROM counted AS c JOIN held AS a USING (id), held AS b "
	"WHERE c.meter = s.meter AND c.ts > s.accepted AND "
	"b.id = (SELECT max(id) FROM counted AS d WHERE d.meter = s.meter "
	"AND d.ts = s.ts)";
static const char stuck_tail[] = " ORDER BY a.ts, a.id LIMIT 1) ORDER BY 14";

static int open_stuck(struct held_list *r, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(r->db);

	sqlite3_str_appendf(sql, "%s AND ifnull(a.value <= b.value, 1)",
			    stuck_head);
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, " AND ifnull(a.%s <= b.%s, 1)",
				    quantities[q].column, quantities[q].column);
	sqlite3_str_appendall(sql, stuck_tail);
	return stmt_open_text(&r->stuck, r->db, sql, e);
}

/* An M-Bus meter's mark may name a meter that is not the house's either. */
static const char other_sql[] =
	"SELECT c.identifier, h.identifier, "
	"(SELECT min(ts) FROM other_electricity WHERE meter = c.id), "
	"(SELECT max(ts) FROM other_electricity WHERE meter = c.id) "
	"FROM meter AS c JOIN meter AS h ON h.id = c.other "
	"WHERE c.other > 0 AND h.other IS NULL ORDER BY c.id LIMIT 16";

static struct held_list *new_list(sqlite3 *borrowed, struct err *e)
{
	struct held_list *r = calloc(1, sizeof(*r));

	if (r == NULL)
		err_memory(e);
	else
		*r = (struct held_list){ .db = borrowed,
					 .borrowed = borrowed != NULL };
	return r;
}

struct held_list *held_list_open(const char *path, struct err *e)
{
	struct held_list *r = new_list(NULL, e);

	if (r == NULL)
		return NULL;
	if (db_open_reader(&r->db, path, e) < 0 ||
	    stmt_open(&r->list, r->db, list_sql, e) < 0 ||
	    open_stuck(r, e) < 0 ||
	    stmt_open(&r->other, r->db, other_sql, e) < 0) {
		held_list_close(r);
		return NULL;
	}
	return r;
}

struct held_list *held_list_stuck(sqlite3 *db, struct err *e)
{
	struct held_list *r = new_list(db, e);

	if (r != NULL && (open_stuck(r, e) < 0 ||
			  stmt_open(&r->other, r->db, other_sql, e) < 0)) {
		held_list_close(r);
		return NULL;
	}
	return r;
}

void held_list_close(struct held_list *r)
{
	if (r == NULL)
		return;
	stmt_close(&r->list);
	stmt_close(&r->stuck);
	stmt_close(&r->other);
	if (!r->borrowed)
		db_close(r->db);
	free(r);
}

static const char *unit_name(struct span suffix)
{
	for (int u = 0; u < UNIT_COUNT; u++)
		if (span_eq(suffix, span_of(units[u].suffix)))
			return units[u].json;
	return "";
}

static int next(struct stmt *s, struct held_list_entry *entry, struct err *e)
{
	int rc = stmt_next(s, e);

	if (rc <= 0)
		return rc;
	*entry = (struct held_list_entry){
		.id = stmt_key(s, 0),
		.ts = stmt_time(s, 1),
		.medium = stmt_string(s, 3),
		.identifier = stmt_string(s, 4),
		.reason = stmt_string(s, 5),
		.unit = unit_name(stmt_text(s, 7)),
		.value = stmt_int(s, 8),
		.has_min = !stmt_is_null(s, 9),
		.has_max = !stmt_is_null(s, 10),
		.expected_min = stmt_int(s, 9),
		.expected_max = stmt_int(s, 10),
		.seen_ts = stmt_time(s, 12),
		.meter = stmt_key(s, 13),
		.last_ts = stmt_time(s, 14),
		.readings = stmt_int(s, 15),
		.count = stmt_int(s, 16),
	};
	entry->name = stmt_int(s, 11) == 0 ? stmt_string(s, 6) : entry->medium;
	return 1;
}

int held_list_next(struct held_list *r, struct held_list_entry *entry,
		   struct err *e)
{
	return next(&r->list, entry, e);
}

int held_list_next_stuck(struct held_list *r, struct held_list_entry *entry,
			 int64_t *since, struct err *e)
{
	int rc = next(&r->stuck, entry, e);

	if (rc > 0)
		*since = stmt_time(&r->stuck, 17);
	return rc;
}

int held_list_next_other(struct held_list *r, struct held_list_other *other,
			 struct err *e)
{
	struct stmt *s = &r->other;
	int rc = stmt_next(s, e);

	if (rc > 0)
		*other = (struct held_list_other){ stmt_string(s, 0),
						   stmt_string(s, 1),
						   stmt_time(s, 2),
						   stmt_time(s, 3) };
	return rc;
}

char *held_list_other_sentence(char buf[static HELD_LIST_SENTENCE],
			       const struct held_list_other *other)
{
	char time[UTC_TEXT], serial[METER_SERIAL_TEXT],
		house[METER_SERIAL_TEXT];

	snprintf(buf, HELD_LIST_SENTENCE,
		 "Since %s the electricity meter %.64s has been taking turns "
		 "with %.64s on this port: its readings are stored separately "
		 "and are in no total. If it is the house's meter, set [meter] "
		 "identifier to it; to add it to the house's totals, set "
		 "[meter] also",
		 utc_format(time, other->first),
		 meter_serial(serial, span_of(other->identifier)),
		 meter_serial(house, span_of(other->house)));
	return buf;
}

char *held_list_meter(char buf[static HELD_LIST_METER],
		      const struct held_list_entry *entry)
{
	char serial[METER_SERIAL_TEXT];

	if (entry->identifier[0] != '\0')
		snprintf(buf, HELD_LIST_METER, "%s %s", entry->medium,
			 meter_serial(serial, span_of(entry->identifier)));
	else
		snprintf(buf, HELD_LIST_METER, "%s (meter %" PRId64 ")",
			 entry->medium, entry->meter);
	return buf;
}

/* ": its counter import_t1 fell from 1621.615 to 0.000 kWh" */
static char *say_counter(char *buf, size_t size,
			 const struct held_list_entry *entry, bool fell)
{
	char was[FIXED_TEXT], is[FIXED_TEXT];

	buf[0] = '\0';
	if (entry->has_min)
		snprintf(buf, size, ": its counter %s %s from %s to %s %s",
			 entry->name, fell ? "fell" : "went",
			 fixed_format(was, entry->expected_min),
			 fixed_format(is, entry->value), entry->unit);
	return buf;
}

char *held_list_sentence(char buf[static HELD_LIST_SENTENCE],
			 const struct held_list_entry *entry, int64_t since)
{
	bool fell = entry->has_min && entry->value < entry->expected_min;
	char time[UTC_TEXT], meter[HELD_LIST_METER], counter[200];

	snprintf(buf, HELD_LIST_SENTENCE,
		 "Since %s all readings of %s have been held%s. If %s, run: "
		 "p1logger --quarantine accept %" PRId64,
		 utc_format(time, since), held_list_meter(meter, entry),
		 say_counter(counter, sizeof(counter), entry, fell),
		 fell ? "the meter was reset" : "that is true", entry->id);
	return buf;
}
