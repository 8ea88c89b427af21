#include "storage/journal/other_meters.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "storage/journal/other_meters_parts.h"

enum { SOME = 32 }; /* how many of the last ones are not noted again */

/* Counters that a person read off a meter do not say when it sent. */
#define SENT "time_source <> 3 AND identifier <> ''"

_Static_assert(TIME_ENTERED == 3, "SENT names it");

static const char *const sql[OTHER_STATEMENTS] = {
	[OTHER_WINDOW] =
		"SELECT r.ts, r.meter FROM electricity AS r "
		"CROSS JOIN meter AS m ON m.id = r.meter "
		"WHERE r.ts BETWEEN ?1 AND ?2 AND " SENT " ORDER BY r.ts",
	/* A single meter takes turns with no other. */
	[OTHER_ALL] =
		"SELECT ts, meter FROM (SELECT ts, meter, time_source FROM "
		"electricity UNION ALL SELECT ts, meter, time_source "
		"FROM other_electricity) AS r JOIN meter AS m ON m.id = r.meter "
		"WHERE (SELECT count(*) > 1 FROM meter WHERE medium = "
		"'electricity') AND " SENT " ORDER BY ts, meter",
	[OTHER_MIXED] =
		"SELECT min(meter) <> max(meter) FROM electricity WHERE ts "
		">= ifnull((SELECT max(ts) FROM electricity WHERE ts < ?1), "
		"?1) AND ts <= ifnull((SELECT min(ts) FROM electricity "
		"WHERE ts > ?2), ?2)",
	[OTHER_ABOUT] = choose_house_meter_about,
	[OTHER_MARK] = "UPDATE meter SET other = ?2 WHERE id = ?1",
	[OTHER_RUNS] =
		"SELECT first_ts, ifnull((SELECT min(n.first_ts) "
		"FROM installation AS n WHERE n.channel = 0 AND n.medium = "
		"'electricity' AND n.first_ts > i.first_ts), 9e18) - 1 "
		"FROM installation AS i WHERE meter = ?1 AND channel = 0",
	[OTHER_DEPENDS] =
		("SELECT EXISTS (SELECT 1 FROM meter WHERE other IN (?1, -?1))"),
	[OTHER_OLDER] =
		"SELECT ((SELECT min(ts) FROM other_electricity WHERE meter = "
		"c.id), c.identifier) < ((SELECT min(first_ts) FROM "
		"installation WHERE meter = h.id AND channel = 0), "
		"h.identifier) AND NOT " HOUSE_NAMED(
			"h") " FROM meter AS c JOIN meter AS h "
			     "ON h.id = abs(c.other) WHERE c.id = ?1",
	/* An M-Bus meter's mark names a meter that is not the house's. */
	[OTHER_MARKED] =
		"SELECT c.id, c.other FROM meter AS c JOIN meter AS h "
		"ON h.id = abs(c.other) WHERE c.other <> 0 AND (h.other IS NULL OR "
		"EXISTS (SELECT 1 FROM other_electricity WHERE meter = c.id))",
	[OTHER_HOMELESS] =
		"SELECT DISTINCT o.meter, 0 FROM other_electricity AS o "
		"JOIN meter AS m ON m.id = o.meter WHERE m.other IS NULL",
	/* No meter appears with as many others as this limit. */
	[OTHER_PAIR] = "INSERT OR IGNORE INTO came_with (meter, beside) "
		       "SELECT * FROM (VALUES (?1, ?2), (?2, ?1)) WHERE "
		       "(SELECT count(*) FROM came_with WHERE meter = ?1) < 64",
	[OTHER_BESIDE] = "SELECT beside FROM came_with WHERE meter = ?1",
	[OTHER_BESIDE_MARK] =
		"SELECT CASE WHEN (h.other > 0) IS NOT TRUE THEN 0 "
		"WHEN g.other > 0 THEN g.other "
		"WHEN EXISTS (SELECT 1 FROM came_with AS w CROSS JOIN "
		"meter AS e ON e.id = w.beside WHERE w.meter = ?1 AND "
		"(e.other > 0) IS NOT TRUE) THEN 0 ELSE h.id END, "
		"ifnull(g.other, 0), "
		"EXISTS (SELECT 1 FROM meter WHERE other < 0), "
		"g.medium, g.unit FROM meter AS g CROSS JOIN meter AS h "
		"WHERE g.id = ?1 AND h.id = ?2",
	[OTHER_VALUES] = "SELECT min(ts), max(ts) FROM mbus WHERE meter = ?1",
	[OTHER_RANGE] = ("SELECT min(ts), max(ts) FROM other_electricity "
			 "WHERE meter = ?1"),
	[OTHER_NAMES] = "SELECT ifnull((SELECT value FROM meta "
			"WHERE key = 'house_meter'), ''), ifnull((SELECT value "
			"FROM meta WHERE key = 'also_meters'), '')",
	[OTHER_MISSED] = "SELECT ts FROM other_electricity "
			 "WHERE meter = ?1 AND ts BETWEEN ?2 AND ?3",
	[OTHER_CHOSEN] = "INSERT OR REPLACE INTO meta (key, value) "
			 "VALUES ('house_meter', ?1), ('also_meters', ?2)",
};

int other_meters_open(struct other_meters *o, sqlite3 *db, struct meters *m,
		      struct err *e)
{
	int rc;

	*o = (struct other_meters){ .db = db, .meters = m };
	other_meters_begin(o);
	rc = other_rows_open(&o->rows, db, e);
	return rc < 0 ? rc : stmt_open_all(o->s, db, sql, COUNT(sql), e);
}

void other_meters_close(struct other_meters *o)
{
	other_rows_close(&o->rows);
	stmt_close_all(o->s, COUNT(o->s));
	meters_in_turn_free(&o->turn);
	free(o->missed);
	free(o->pairs);
	free(o->others);
}

void other_meters_begin(struct other_meters *o)
{
	o->came = (struct other_range){ INT64_MAX, INT64_MIN };
	o->beside = false;
	o->missed_n = o->pairs_n = 0;
	o->others_n = 0;
	o->found = 0;
	o->all = false;
}

void other_meters_came(struct other_meters *o, int64_t ts, bool alone)
{
	o->beside |= !alone;
	if (ts < o->came.first)
		o->came.first = ts;
	if (ts > o->came.last)
		o->came.last = ts;
}

void other_meters_other_came(struct other_meters *o, int64_t meter)
{
	int64_t *others;

	for (size_t i = o->others_n; i > 0 && i + SOME > o->others_n; i--)
		if (o->others[i - 1] == meter)
			return;
	others = array_grow(o->others, o->others_n, &o->others_room,
			    sizeof(*others));
	o->all |= others == NULL;
	if (others == NULL)
		return;
	o->others = others;
	others[o->others_n++] = meter;
}

int other_meters_missed(struct other_meters *o, int64_t meter, int64_t ts,
			struct err *e)
{
	struct other_missed *missed = array_grow(
		o->missed, o->missed_n, &o->missed_room, sizeof(*missed));

	if (missed == NULL)
		return err_memory(e);
	o->missed = missed;
	missed[o->missed_n++] = (struct other_missed){ ts, meter };
	other_meters_came(o, ts, false);
	return 0;
}

int other_meters_missed_range(struct other_meters *o, int64_t meter,
			      int64_t first, int64_t last, struct err *e)
{
	struct stmt *s = &o->s[OTHER_MISSED];
	int rc;

	stmt_bind_all(s, (const int64_t[]){ meter, first, last }, 3);
	while ((rc = stmt_next(s, e)) > 0)
		if (other_meters_missed(o, meter, stmt_time(s, 0), e) < 0) {
			stmt_reset(s);
			return e->code;
		}
	return rc;
}

int other_set_mark(struct other_meters *o, int64_t meter, int64_t other,
		   struct err *e)
{
	int rc;

	stmt_bind(&o->s[OTHER_MARK], 1, meter);
	if (other != 0)
		stmt_bind(&o->s[OTHER_MARK], 2, other);
	rc = stmt_run(&o->s[OTHER_MARK], e);
	meters_mark(o->meters, meter, other);
	return rc < 0 ? rc : 0;
}

/* All rows of a meter that is or was added. */
static int touch_range(struct other_meters *o, const struct touch *t,
		       int64_t meter, struct err *e)
{
	struct stmt *s = &o->s[OTHER_RANGE];
	int rc;

	stmt_bind(s, 1, meter);
	rc = stmt_next(s, e);
	for (int i = 0; rc > 0 && i < 2 && !stmt_is_null(s, i); i++)
		touch_added(t, meter, stmt_time(s, i));
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int other_change_mark(struct other_meters *o, const struct touch *t,
		      int64_t meter, int64_t was, int64_t other, struct err *e)
{
	const bool added = was < 0 || other < 0;
	int rc = other_set_mark(o, meter, other, e);

	if (rc < 0 || (was > 0 && other > 0) || (was < 0 && other < 0))
		return rc;
	if (added)
		rc = touch_range(o, t, meter, e);
	return rc == 0 ? other_mark_beside(o, t, meter, added, e) : rc;
}

static void touch_moved(const struct touch *t, const struct other_range *moved)
{
	if (moved->first > moved->last)
		return;
	touch_house(t, moved->first);
	touch_house(t, moved->last);
}

/* Move its rows of earlier runs, and those just added. */
static int move_out(struct other_meters *o, const struct touch *t,
		    int64_t meter, bool whole, struct err *e)
{
	struct other_range moved = { INT64_MAX, INT64_MIN };
	struct stmt *s = &o->s[OTHER_RUNS];
	int rc =
		whole ? other_rows_out(&o->rows, meter, 0, INT64_MAX, &moved, e)
		      : other_rows_out(&o->rows, meter, o->came.first,
				       o->came.last, &moved, e);

	stmt_bind(s, 1, meter);
	while (rc == 0 && !whole && (rc = stmt_next(s, e)) > 0)
		rc = other_rows_out(&o->rows, meter, stmt_key(s, 0),
				    stmt_key(s, 1), &moved, e);
	stmt_reset(s);
	touch_moved(t, &moved);
	return rc;
}

int other_move_in(struct other_meters *o, const struct touch *t, int64_t meter,
		  struct err *e)
{
	struct other_range moved = { INT64_MAX, INT64_MIN };
	int rc = other_rows_in(&o->rows, meter, &moved, e);

	touch_moved(t, &moved);
	return rc;
}

static int is_depended_on(struct other_meters *o, int64_t meter, struct err *e)
{
	int64_t depends = 0;
	int rc;

	stmt_bind(&o->s[OTHER_DEPENDS], 1, meter);
	rc = stmt_value(&o->s[OTHER_DEPENDS], 0, &depends, e);
	return rc < 0 ? rc : depends != 0;
}

/* Mark the meters that no longer count as the house's, or are now added. */
int other_mark_new(struct other_meters *o, const struct touch *t,
		   const struct house_meter_choice *c, bool whole,
		   struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < c->n; i++) {
		const struct house_candidate *one = &c->list[i];

		if (one->other == 0)
			continue;
		rc = whole ? 0 : is_depended_on(o, one->id, e);
		o->all |= rc > 0;
		rc = rc < 0 ? rc : 0;
		o->found += one->was == 0;
		if (rc == 0 && one->was == 0)
			rc = move_out(o, t, one->id, whole, e);
		if (rc == 0)
			rc = other_change_mark(o, t, one->id, one->was,
					       one->other, e);
	}
	return rc;
}

static int by_time(const void *a, const void *b)
{
	const struct other_missed *x = a, *y = b;

	return (x->ts > y->ts) - (x->ts < y->ts);
}

/* Read a statement in order of time, merged with the missed readings. */
int other_read_turns(struct other_meters *o, struct stmt *s, size_t missed_n,
		     struct err *e)
{
	size_t at = 0;
	int rc;

	meters_in_turn_begin(&o->turn);
	if (missed_n > 0)
		qsort(o->missed, missed_n, sizeof(*o->missed), by_time);
	while ((rc = stmt_next(s, e)) > 0) {
		const int64_t ts = stmt_time(s, 0);

		for (; rc >= 0 && at < missed_n && o->missed[at].ts < ts; at++)
			rc = meters_in_turn_add(&o->turn, o->missed[at].ts,
						o->missed[at].meter, e);
		if (rc >= 0)
			rc = meters_in_turn_add(&o->turn, ts, stmt_key(s, 1),
						e);
		if (rc < 0) {
			stmt_reset(s);
			return rc;
		}
	}
	for (; rc == 0 && at < missed_n; at++)
		rc = meters_in_turn_add(&o->turn, o->missed[at].ts,
					o->missed[at].meter, e);
	return rc;
}

/* Are there other meters beside the rows that were added? */
static int is_mixed(struct other_meters *o, struct err *e)
{
	int64_t mixed = 0;
	int rc;

	if (o->missed_n > 0)
		return 1;
	if (!o->beside)
		return 0;
	stmt_bind(&o->s[OTHER_MIXED], 1, o->came.first);
	stmt_bind(&o->s[OTHER_MIXED], 2, o->came.last);
	rc = stmt_value(&o->s[OTHER_MIXED], 0, &mixed, e);
	return rc < 0 ? rc : mixed != 0;
}

/* Move in the missed readings whose seconds are now free. */
static int move_in_missed(struct other_meters *o, const struct touch *t,
			  const struct house_meter_choice *c, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && o->missed_n > 0 && i < c->n; i++)
		if (c->list[i].other == 0)
			rc = other_move_in(o, t, c->list[i].id, e);
	return rc;
}

/* Check the added rows, and those within an hour of them. */
static int look_around(struct other_meters *o, const struct touch *t,
		       struct err *e)
{
	struct house_meter_choice c = { 0 };
	int rc = is_mixed(o, e);

	if (rc <= 0)
		return rc;
	stmt_bind(&o->s[OTHER_WINDOW], 1, o->came.first - METERS_IN_TURN_S);
	stmt_bind(&o->s[OTHER_WINDOW], 2, o->came.last + METERS_IN_TURN_S);
	rc = other_read_turns(o, &o->s[OTHER_WINDOW], o->missed_n, e);
	if (rc == 0)
		rc = choose_house_meter(&c, &o->turn, false, &o->s[OTHER_ABOUT],
					&o->names, e);
	if (rc == 0)
		rc = other_mark_new(o, t, &c, false, e);
	if (rc == 0)
		rc = move_in_missed(o, t, &c, e);
	choose_house_meter_free(&c);
	return rc;
}

/* Is one of those with new rows older than the meter that took its place? */
static int look_at_others(struct other_meters *o, struct err *e)
{
	struct stmt *s = &o->s[OTHER_OLDER];

	for (size_t i = 0; i < o->others_n && !o->all; i++) {
		int64_t older = 0;

		stmt_bind(s, 1, o->others[i]);
		stmt_bind_text(s, 2, span_of(o->names.house));
		if (stmt_value(s, 0, &older, e) < 0)
			return e->code;
		o->all |= older != 0;
	}
	return 0;
}

int other_meters_write(struct other_meters *o, const struct touch *t,
		       struct err *e)
{
	int rc = o->all ? 0 : look_at_others(o, e);

	if (rc == 0 && !o->all)
		rc = look_around(o, t, e);
	if (rc == 0 && o->all)
		rc = other_meters_derive_all(o, t, e);
	return rc == 0 ? other_mark_pairs(o, t, e) : rc;
}
