#include "storage/pins.h"

#include <stdio.h>
#include <string.h>

#include "storage/pins_find.h"

/* One statement about a pin. 0 or negative. */
static int run_pin(sqlite3 *db, const char *sql, const struct pins_target *t,
		   bool accepted, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	if (rc == 0) {
		stmt_bind(&s, 1, t->meter);
		stmt_bind(&s, 2, t->from);
		stmt_bind(&s, 3, t->to);
		if (strstr(sql, "?4") != NULL)
			stmt_bind(&s, 4, accepted);
		if (!t->any && strstr(sql, "?5") != NULL)
			stmt_bind(&s, 5, t->counter);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

/* Cut the target's readings out of what was said before. */
static int take_back(sqlite3 *db, const struct pins_target *t, struct err *e)
{
	static const char *const cut[] = {
		"INSERT INTO pin (meter, first_ts, last_ts, accepted, counter) "
		"SELECT meter, ?3 + 1, last_ts, accepted, counter FROM pin "
		"WHERE meter = ?1 AND first_ts <= ?3 AND last_ts > ?3",
		"UPDATE pin SET last_ts = ?2 - 1 "
		"WHERE meter = ?1 AND first_ts < ?2 AND last_ts >= ?2",
		"DELETE FROM pin AS p WHERE meter = ?1 AND "
		"first_ts BETWEEN ?2 AND ?3 AND " PINS_NOT_ENTERED,
	};
	int rc = 0;

	if (!t->any)
		return run_pin(db,
			       "DELETE FROM pin WHERE meter = ?1 AND "
			       "first_ts = ?2 AND last_ts = ?3 AND "
			       "counter = ?5",
			       t, false, e);
	for (size_t i = 0; rc == 0 && i < COUNT(cut); i++)
		rc = run_pin(db, cut[i], t, false, e);
	return rc;
}

static int write_pin(sqlite3 *db, const struct pins_target *t,
		     enum pins_verb verb, struct err *e)
{
	int rc = take_back(db, t, e);

	return rc < 0 || verb == PINS_CLEAR
		       ? rc
		       : run_pin(db,
				 "INSERT INTO pin (meter, first_ts, last_ts, "
				 "accepted, counter) VALUES (?1, ?2, ?3, ?4, "
				 "?5)",
				 t, verb == PINS_ACCEPT, e);
}

/* Was just this said of the range, and nothing else? 1, 0 or negative. */
static int was_said(sqlite3 *db, const struct pins_target *t,
		    enum pins_verb verb, struct err *e)
{
	struct stmt s = { 0 };
	int64_t said = 0;
	int rc = stmt_open(&s, db,
			   "SELECT count(*) = 1 AND min(counter IS NULL AND "
			   "first_ts = ?2 AND last_ts = ?3 AND accepted = ?4) "
			   "FROM pin AS p WHERE meter = ?1 AND first_ts <= ?3 "
			   "AND last_ts >= ?2 AND " PINS_NOT_ENTERED,
			   e);

	if (rc == 0) {
		stmt_bind(&s, 1, t->meter);
		stmt_bind(&s, 2, t->from);
		stmt_bind(&s, 3, t->to);
		stmt_bind(&s, 4, verb == PINS_ACCEPT);
		rc = stmt_value(&s, 0, &said, e);
	}
	stmt_close(&s);
	return rc < 0 ? rc : said != 0;
}

static int settle(struct enter *en, const struct pins_target *t, int64_t now,
		  struct err *e)
{
	struct settle_meter m;
	int place = meters_of_id(&en->meters, t->meter, e);
	int rc = place < 0 ? place
			   : enter_meter(en, place, t->electric, now, &m, e);

	if (rc == 0)
		rc = enter_settle(en, place, &m, t->from, t->to, e);
	if (rc == 0)
		en->meters.list[place].head_known = false;
	return rc;
}

int pins_write(const struct pins_order *o, struct enter *en,
	       struct pins_answer *a, struct err *e)
{
	const struct progress was = en->p;
	struct pins_target t;
	int rc = pins_find(o, en->db, &t, e);

	if (rc == 0 && t.any && o->verb != PINS_CLEAR)
		rc = was_said(en->db, &t, o->verb, e);
	if (rc < 0)
		return rc;
	a->again = rc > 0;
	snprintf(a->meter, PINS_METER, "%s", t.name);
	rc = write_pin(en->db, &t, o->verb, e);
	if (rc == 0)
		rc = settle(en, &t, o->now, e);
	a->accepted = en->p.accepted - was.accepted;
	a->withdrawn = en->p.withdrawn - was.withdrawn;
	return rc;
}

int pins_totals(sqlite3 *db, int64_t total[static SERIES_COUNT], struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int rc;

	for (int i = 0; i < SERIES_COUNT; i++)
		sqlite3_str_appendf(sql, "%s total(%s)", i ? "," : "SELECT",
				    series[i].column);
	sqlite3_str_appendall(sql, " FROM yearly_wh");
	rc = stmt_open_text(&s, db, sql, e);
	if (rc == 0)
		rc = stmt_next(&s, e);
	for (int i = 0; rc > 0 && i < SERIES_COUNT; i++)
		total[i] = stmt_int(&s, i);
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}
