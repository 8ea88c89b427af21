#include "storage/journal/thin_rows.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"
#include "storage/journal/meters.h"

#define PEAK(power) "ifnull(ifnull(" power "_max_w, " power "_w), -1), "

/* List the rows from the one before ?1 to the first at or after ?2. */
#define LIST(meter, powers)                                                    \
	"SELECT ts, meter, $channel, weight, time_source, " powers             \
	"$counters FROM $table WHERE " meter                                   \
	"ts >= ifnull((SELECT max(ts) FROM $table WHERE " meter                \
	"ts < ?1), ?1) AND ts <= ifnull((SELECT min(ts) FROM $table "          \
	"WHERE " meter "ts >= ?2), ?2) ORDER BY ts"

static const char *const of_kind[KIND_OTHER][3] = {
	[KIND_MBUS] = {
		LIST("meter = ?3 AND ", "-1, -1, "),
		"DELETE FROM $table WHERE meter = ?3 AND ts > ?1 AND ts < ?2",
		"UPDATE $table SET weight = ?2 WHERE meter = ?3 AND ts = ?1",
	},
	[KIND_ELECTRICITY] = {
		LIST("", PEAK("power_import") PEAK("power_export")),
		"DELETE FROM $table WHERE ts > ?1 AND ts < ?2",
		"UPDATE $table SET weight = ?2 WHERE ts = ?1",
	},
};

static const char *const sql[THIN_STATEMENTS] = {
	/* A peak before a boundary must not move behind it. */
	[THIN_MARKS] = ("WITH b AS (SELECT ts FROM counter_from WHERE "
			"ts >= ?1 AND ts <= ?2 UNION SELECT ts FROM counter_to "
			"WHERE ts >= ?1 AND ts <= ?2) SELECT ts FROM b "
			"UNION ALL SELECT ts - 1 FROM b "
			"UNION ALL SELECT ts FROM held WHERE meter = ?3 "
			"AND ts >= ?1 AND ts <= ?2 UNION ALL SELECT first_ts "
			"FROM pin WHERE meter = ?3 UNION ALL SELECT last_ts "
			"FROM pin WHERE meter = ?3"),
	[THIN_POWER] = ("UPDATE electricity SET power_import_max_w = ?2, "
			"power_export_max_w = ?3 WHERE ts = ?1"),
	[THIN_OTHERS] = ("SELECT EXISTS (SELECT 1 FROM meter WHERE medium = "
			 "'electricity' AND EXISTS (SELECT 1 FROM "
			 "other_electricity WHERE meter = id AND ts >= ?1 AND "
			 "ts <= ?2))"),
	[THIN_REPLACED] = ("SELECT EXISTS (SELECT 1 FROM meter AS m JOIN meter "
			   "AS o ON o.medium = m.medium AND o.id <> m.id "
			   "JOIN mbus AS v ON v.meter = o.id AND v.ts >= ?1 "
			   "AND v.ts <= ?2 AND v.channel = ?4 "
			   "WHERE m.id = ?3)"),
	[THIN_METERS] = ("SELECT id, medium, unit FROM meter WHERE medium <> "
			 "'electricity' AND EXISTS (SELECT 1 FROM mbus WHERE "
			 "meter = id AND ts >= ?1 AND ts < ?2)"),
	[THIN_EXTRA] = ("DELETE FROM extra WHERE (obis, ts) IN (SELECT obis, "
			"ts FROM (SELECT obis, ts, row_number() OVER up = 1 OR "
			"row_number() OVER down = 1 AS stays FROM obis JOIN "
			"extra ON obis = id AND ts >= ?1 AND ts < ?2 WINDOW "
			"up AS (PARTITION BY obis, ts / ?3 ORDER BY ts), "
			"down AS (PARTITION BY obis, ts / ?3 ORDER BY ts "
			"DESC)) WHERE NOT stays)"),
	[THIN_PHASES] = ("DELETE FROM phases WHERE ts >= ?1 AND ts < ?2 AND ts "
			 "NOT IN (SELECT min(ts) FROM phases WHERE ts >= ?1 "
			 "AND ts < ?2 GROUP BY ts / ?3)"),
	[THIN_QUALITY] = ("DELETE FROM quality WHERE ts >= ?1 AND ts < ?2 AND "
			  "ts NOT IN (SELECT max(ts) FROM quality WHERE ts >= "
			  "?1 AND ts < ?2 GROUP BY ts / ?3)"),
	[THIN_PACK_ROOM] = ("CREATE TEMP TABLE IF NOT EXISTS packed AS SELECT "
			    "* FROM electricity WHERE 0"),
	[THIN_PACK_TAKE] = ("INSERT INTO packed SELECT * FROM electricity "
			    "WHERE ts >= ?1 AND ts < ?2"),
	[THIN_PACK_DROP] = "DELETE FROM electricity WHERE ts >= ?1 AND ts < ?2",
	[THIN_PACK_PUT] = "INSERT INTO electricity SELECT * FROM packed",
	[THIN_PACK_END] = "DELETE FROM packed",
};

int thin_rows_open(struct thin_rows *t, sqlite3 *db,
		   const struct judge_limits *limits, struct err *e)
{
	int rc = stmt_open_all(t->s, db, sql, COUNT(sql), e);

	t->limits = *limits;
	for (int k = 0; rc == 0 && k < KIND_OTHER; k++)
		for (int i = 0; rc == 0 && i < 3; i++)
			rc = meter_kind_open(
				&t->s[THIN_LIST + i * KIND_OTHER + k], db,
				(enum kind)k, of_kind[k][i], e);
	return rc;
}

void thin_rows_close(struct thin_rows *t)
{
	stmt_close_all(t->s, COUNT(t->s));
	free(t->list);
	free(t->marks);
	*t = (struct thin_rows){ 0 };
}

/* A meter's readings of an hour. */
struct line {
	enum kind kind;
	int64_t meter; /* 0: the house's electricity */
	int64_t from, to, every;
	struct judge_rates rates;
};

static int run(struct stmt *s, const int64_t *v, int n, struct err *e)
{
	int rc;

	stmt_bind_all(s, v, n);
	rc = stmt_run(s, e);
	return rc < 0 ? rc : 0;
}

static int read_rows(struct thin_rows *t, const struct line *l, struct err *e)
{
	struct stmt *s = &t->s[THIN_LIST + (int)l->kind];
	int rc;

	t->n = 0;
	stmt_bind_all(s, (int64_t[]){ l->from, l->to, l->meter },
		      l->kind == KIND_MBUS ? 3 : 2);
	while ((rc = stmt_next(s, e)) > 0) {
		struct thin_row *list =
			array_grow(t->list, t->n, &t->room, sizeof(*list));

		if (list == NULL) {
			stmt_reset(s);
			return err_memory(e);
		}
		t->list = list;
		list[t->n++] = (struct thin_row){
			.meter = stmt_key(s, 1),
			.channel = stmt_key(s, 2),
			.weight = stmt_int(s, 3),
			.entered = stmt_int(s, 4) == TIME_ENTERED,
			.max_w = { stmt_int(s, 5), stmt_int(s, 6) },
			.point =
				meter_kind_point(s, l->kind, stmt_key(s, 0), 7),
		};
	}
	return rc;
}

static int add_mark(struct thin_rows *t, int64_t ts, struct err *e)
{
	int64_t *marks = array_grow(t->marks, t->marks_n, &t->marks_room,
				    sizeof(*marks));

	if (marks == NULL)
		return err_memory(e);
	t->marks = marks;
	marks[t->marks_n++] = ts;
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int read_marks(struct thin_rows *t, const struct line *l, struct err *e)
{
	struct stmt *s = &t->s[THIN_MARKS];
	const int64_t step =
		l->every < KEEP_QUARTER_S ? KEEP_QUARTER_S : l->every;
	int rc = 0;

	t->marks_n = 0;
	for (int64_t ts = l->from; rc == 0 && ts <= l->to; ts += step)
		rc = add_mark(t, ts, e);
	stmt_bind_all(s, (int64_t[]){ l->from, l->to, t->list[0].meter }, 3);
	while (rc >= 0 && (rc = stmt_next(s, e)) > 0)
		rc = add_mark(t, stmt_key(s, 0), e);
	stmt_reset(s);
	if (rc == 0)
		array_sort(t->marks, t->marks_n, sizeof(*t->marks), by_time);
	return rc;
}

/*
 * Leave these hours alone: with several electricity meters nearby, the rows
 * show which is the house's; and an M-Bus meter's rows show when another one
 * took its place (journal/runs.h).
 */
static int is_left_alone(struct thin_rows *t, const struct line *l, bool *is,
			 struct err *e)
{
	const struct thin_row *first = t->list, *last = &t->list[t->n - 1];
	const bool mbus = l->kind == KIND_MBUS;
	struct stmt *s = &t->s[mbus ? THIN_REPLACED : THIN_OTHERS];
	const int64_t around = mbus ? 0 : HOUR_S;
	int64_t found = 0;
	int rc;

	*is = false;
	for (const struct thin_row *row = first; row <= last; row++)
		*is |= row->meter != first->meter ||
		       row->channel != first->channel;
	stmt_bind_all(s,
		      (int64_t[]){ first->point.ts - around,
				   last->point.ts + around, l->meter,
				   first->channel },
		      mbus ? 4 : 2);
	rc = stmt_value(s, 0, &found, e);
	*is |= found != 0;
	return rc;
}

/* Remove the rows between two that are kept. */
static int remove_between(struct thin_rows *t, const struct line *l,
			  const struct thin_row *a, const struct thin_row *b,
			  struct err *e)
{
	const int n = l->kind == KIND_MBUS ? 3 : 2;
	const int64_t between[] = { a->point.ts, b->point.ts, l->meter };
	const int64_t weight[] = { a->point.ts, a->weight, l->meter };
	struct stmt *drop = &t->s[THIN_DROP + (int)l->kind];
	struct stmt *power = &t->s[THIN_POWER];
	int rc = run(drop, between, n, e);

	if (rc == 0)
		rc = run(&t->s[THIN_WEIGHT + (int)l->kind], weight, n, e);
	if (rc < 0 || l->kind == KIND_MBUS)
		return rc;
	stmt_bind(power, 1, b->point.ts);
	for (int p = 0; p < THIN_POWERS; p++)
		if (b->max_w[p] >= 0)
			stmt_bind(power, 2 + p, b->max_w[p]);
	rc = stmt_run(power, e);
	return rc < 0 ? rc : 0;
}

static int write_line(struct thin_rows *t, const struct line *l, struct err *e)
{
	int rc = 0;

	for (size_t from = 0, to = 1; rc == 0 && to < t->n; to++) {
		if (!t->list[to].stays)
			continue;
		if (to - from > 1) {
			rc = remove_between(t, l, &t->list[from], &t->list[to],
					    e);
			t->removed += (int64_t)(to - from - 1);
		}
		from = to;
	}
	return rc;
}

static int thin_line(struct thin_rows *t, const struct line *l, struct err *e)
{
	bool alone = false;
	int rc = read_rows(t, l, e);

	if (rc < 0 || t->n < 3)
		return rc;
	rc = is_left_alone(t, l, &alone, e);
	if (rc == 0 && !alone)
		rc = read_marks(t, l, e);
	if (rc < 0 || alone)
		return rc;
	thin_select(&l->rates, l->kind, t->list, t->n, t->marks, t->marks_n,
		    l->every);
	return write_line(t, l, e);
}

static int thin_mbus(struct thin_rows *t, struct line *l, struct err *e)
{
	struct stmt *s = &t->s[THIN_METERS];
	int rc;

	l->kind = KIND_MBUS;
	stmt_bind_all(s, (int64_t[]){ l->from, l->to }, 2);
	while ((rc = stmt_next(s, e)) > 0) {
		struct meter_key m;

		meters_kind(&m, stmt_text(s, 1), stmt_text(s, 2));
		l->meter = stmt_key(s, 0);
		l->rates = judge_mbus(&t->limits, m.kind, m.unit);
		if (thin_line(t, l, e) < 0) {
			stmt_reset(s);
			return e->code;
		}
	}
	return rc;
}

static int thin_table(struct thin_rows *t, enum thin_statement which,
		      const struct line *l, struct err *e)
{
	struct stmt *s = &t->s[which];
	int rc;

	stmt_bind_all(s, (int64_t[]){ l->from, l->to, l->every }, 3);
	rc = stmt_run(s, e);
	t->removed += rc > 0 ? rc : 0;
	return rc < 0 ? rc : 0;
}

int thin_rows_hour(struct thin_rows *t, enum keep_kind what, int64_t from,
		   int64_t to, int64_t every_s, struct err *e)
{
	struct line l = { .kind = KIND_ELECTRICITY,
			  .from = from,
			  .to = to,
			  .every = every_s,
			  .rates = judge_electricity(&t->limits) };
	int rc;

	if (what == KEEP_PHASES)
		return thin_table(t, THIN_PHASES, &l, e);
	if (what == KEEP_QUALITY)
		return thin_table(t, THIN_QUALITY, &l, e);
	rc = thin_line(t, &l, e);
	if (rc == 0)
		rc = thin_mbus(t, &l, e);
	return rc == 0 ? thin_table(t, THIN_EXTRA, &l, e) : rc;
}

int thin_rows_pack(struct thin_rows *t, int64_t from, int64_t to, struct err *e)
{
	static const int parameters[] = {
		[THIN_PACK_TAKE] = 2, [THIN_PACK_DROP] = 2, [THIN_PACK_END] = 0
	};
	const int64_t range[] = { from, to };
	int rc = 0;

	for (int i = THIN_PACK_ROOM; rc == 0 && i <= THIN_PACK_END; i++)
		rc = run(&t->s[i], range, parameters[i], e);
	return rc;
}
