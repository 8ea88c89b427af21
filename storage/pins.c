#include "storage/pins.h"

/* What a pin is of. */
struct target {
	int64_t meter;
	bool electric;
	int64_t from, to;
	bool any;	 /* all readings in the range, */
	int64_t counter; /* or those that show this first */
};

/* The first counter that a held reading shows, as readings.c finds it. */
static int open_held(struct stmt *s, sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT meter, channel, ts, coalesce(value");
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendall(sql, ") FROM held WHERE id = ?1");
	return stmt_open_text(s, db, sql, e);
}

static int find_held(const struct pins_order *o, sqlite3 *db, struct target *t,
		     struct err *e)
{
	struct stmt s = { 0 };
	int rc = open_held(&s, db, e);

	if (rc == 0) {
		stmt_bind(&s, 1, o->id);
		rc = stmt_next(&s, e);
	}
	if (rc > 0)
		*t = (struct target){ .meter = stmt_key(&s, 0),
				      .electric = stmt_int(&s, 1) == 0,
				      .from = stmt_key(&s, 2),
				      .to = stmt_key(&s, 2),
				      .counter = stmt_key(&s, 3) };
	stmt_close(&s);
	if (rc == 0)
		return err_set(e, ERR_USAGE, "the quarantine has no entry %lld",
			       (long long)o->id);
	return rc < 0 ? rc : 0;
}

/* The meters of a range: how many, and the last of them. */
static const char meters_sql[] =
	"SELECT count(*), max(id), (SELECT channel = 0 FROM installation "
	"WHERE meter = m.id LIMIT 1) FROM meter AS m WHERE "
	"(?3 IS NULL OR identifier = ?3 COLLATE NOCASE OR "
	"identifier = hex(?3) OR CAST(id AS TEXT) = ?3) AND "
	"(EXISTS (SELECT 1 FROM electricity AS r WHERE r.meter = m.id AND "
	"ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM mbus AS v "
	"WHERE v.meter = m.id AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 "
	"FROM held AS h WHERE h.meter = m.id AND ts BETWEEN ?1 AND ?2))";

static int find_range(const struct pins_order *o, sqlite3 *db, struct target *t,
		      struct err *e)
{
	struct stmt s = { 0 };
	int64_t meters = 0;
	int rc = stmt_open(&s, db, meters_sql, e);

	*t = (struct target){ .from = o->from, .to = o->to, .any = true };
	if (rc == 0) {
		stmt_bind(&s, 1, o->from);
		stmt_bind(&s, 2, o->to);
		if (o->meter != NULL)
			stmt_bind_text(&s, 3, span_of(o->meter));
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		meters = stmt_int(&s, 0);
		t->meter = stmt_key(&s, 1);
		t->electric = stmt_int(&s, 2) != 0;
	}
	stmt_close(&s);
	if (rc < 0 || meters == 1)
		return rc < 0 ? rc : 0;
	return meters > 1 ? err_set(e, ERR_USAGE,
				    "%lld meters have readings then: say which "
				    "one with --meter",
				    (long long)meters)
			  : err_set(e, ERR_USAGE,
				    o->meter != NULL
					    ? "the meter has no readings then"
					    : "there are no readings then");
}

/* One statement about a pin, as often said as it is. */
static int run_pin(sqlite3 *db, const char *sql, const struct target *t,
		   bool accepted, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	if (rc == 0) {
		stmt_bind(&s, 1, t->meter);
		stmt_bind(&s, 2, t->from);
		stmt_bind(&s, 3, t->to);
		stmt_bind(&s, 4, accepted);
		if (!t->any)
			stmt_bind(&s, 5, t->counter);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

static int write_pin(sqlite3 *db, const struct target *t, enum pins_verb verb,
		     struct err *e)
{
	/* What was said before of the same readings is said no longer. */
	int rc = run_pin(db,
			 "DELETE FROM pin WHERE meter = ?1 AND first_ts >= ?2 "
			 "AND last_ts <= ?3 AND ?4 IN (0, 1) "
			 "AND (?5 IS NULL OR counter = ?5)",
			 t, verb == PINS_ACCEPT, e);

	return rc < 0 || verb == PINS_CLEAR
		       ? rc
		       : run_pin(db,
				 "INSERT INTO pin (meter, first_ts, last_ts, "
				 "accepted, counter) VALUES (?1, ?2, ?3, ?4, "
				 "?5)",
				 t, verb == PINS_ACCEPT, e);
}

int pins_write(const struct pins_order *o, struct enter *en,
	       struct pins_answer *a, struct err *e)
{
	struct settle_meter m;
	struct target t;
	int held, place = 0;
	int rc = o->id != 0 ? find_held(o, en->db, &t, e)
			    : find_range(o, en->db, &t, e);

	if (rc == 0)
		rc = place = meters_of_id(&en->meters, t.meter, e);
	if (rc >= 0)
		rc = enter_meter(en, place, t.electric, o->now, &m, e);
	if (rc == 0)
		rc = write_pin(en->db, &t, o->verb, e);
	held = en->p.held[m.kind];
	if (rc == 0)
		rc = enter_settle(en, place, &m, t.from, t.to, e);
	if (rc < 0)
		return rc;
	en->meters.list[place].head_known = false;
	a->held = en->p.held[m.kind] - held;
	return 0;
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
