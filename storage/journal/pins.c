#include "storage/journal/pins.h"

#include <stdio.h>
#include <string.h>

#include "telegram/meter_serial.h"

/* The readings that a person means. */
struct target {
	int64_t meter;
	enum kind kind;
	int64_t from, to; /* UTC, both included */
	bool any;	  /* all readings in the range */
	int64_t counter;  /* else those whose first register shows this */
};

/* The meters found for it. */
struct found {
	int named, fit;
	char names[300]; /* names of the meters that match */
};

/* SQL: pin p is not that of counters which a person read off the meter. */
#define NOT_ENTERED                                                            \
	"NOT EXISTS (SELECT 1 FROM electricity AS r WHERE r.ts = first_ts "    \
	"AND r.meter = p.meter AND r.time_source = 3) AND "                    \
	"NOT EXISTS (SELECT 1 FROM mbus AS v WHERE v.meter = p.meter "         \
	"AND v.ts = first_ts AND v.time_source = 3) AND "                      \
	"NOT EXISTS (SELECT 1 FROM held AS h WHERE h.meter = p.meter "         \
	"AND h.ts = first_ts AND h.time_source = 3)"

_Static_assert(TIME_ENTERED == 3, "NOT_ENTERED names it");

/* How the readings of meter m are judged: an enum kind. */
#define IS_ELECTRIC                                                             \
	"iif(EXISTS (SELECT 1 FROM other_electricity WHERE meter = m.id "       \
	"AND other <> 0), 2, EXISTS (SELECT 1 FROM installation WHERE meter = " \
	"m.id AND channel = 0) OR EXISTS (SELECT 1 FROM held "                  \
	"WHERE meter = m.id AND channel = 0))"

_Static_assert((int)KIND_OTHER == 2 && (int)KIND_ELECTRICITY == 1,
	       "IS_ELECTRIC counts on it");

/*
 * SQL for the meters with a name: whether they are electricity meters, and
 * whether they fit.
 */
#define METERS(fit)                                                            \
	"SELECT id, medium, identifier, " IS_ELECTRIC ", " fit                 \
	" FROM meter AS m WHERE ?3 IS NULL OR "                                \
	"identifier = ?3 COLLATE NOCASE OR identifier = hex(?3) OR "           \
	"CAST(id AS TEXT) = ?3 ORDER BY id"

/* Meters that have readings in the range fit ... */
static const char have_readings[] = METERS(
	"EXISTS (SELECT 1 FROM electricity AS r WHERE r.meter = m.id "
	"AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM other_electricity "
	"WHERE meter = m.id AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM mbus AS v "
	"WHERE v.meter = m.id AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 "
	"FROM held AS h WHERE h.meter = m.id AND ts BETWEEN ?1 AND ?2)");

/* ... or those with a decision about their readings ... */
static const char have_pins[] =
	METERS("EXISTS (SELECT 1 FROM pin AS p WHERE p.meter = m.id AND "
	       "first_ts <= ?2 AND last_ts >= ?1 AND " NOT_ENTERED ")");

/* ... or that of one held reading, with what it shows first. */
static const char is_held[] =
	"SELECT meter, medium, identifier, iif(channel <> 0, 0, "
	"iif(other <> 0, 2, 1)), 1, ts, coalesce(value, $counters) "
	"FROM (SELECT h.*, m.medium, m.identifier, m.other "
	"FROM held AS h JOIN meter AS m ON m.id = h.meter WHERE h.id = ?4)";

static void put_name(char name[static PINS_METER], struct stmt *s)
{
	const struct span medium = stmt_text(s, 1), own = stmt_text(s, 2);
	char serial[METER_SERIAL_TEXT];

	if (own.n > 0)
		snprintf(name, PINS_METER, "%.*s %s", SPAN_ARG(medium),
			 meter_serial(serial, own));
	else
		snprintf(name, PINS_METER, "%.*s (meter %lld)",
			 SPAN_ARG(medium), (long long)stmt_key(s, 0));
}

/*
 * Find the last one that fits: *t, its name in a->meter. Returns 0 or a
 * negative code.
 */
static int look(const struct pins_order *o, sqlite3 *db, struct target *t,
		struct pins_answer *a, struct found *f, struct err *e)
{
	struct stmt s = { 0 };
	int rc = meter_kind_open(&s, db, KIND_ELECTRICITY,
				 o->id != 0		 ? is_held
				 : o->verb == PINS_CLEAR ? have_pins
							 : have_readings,
				 e);

	if (rc == 0) {
		stmt_bind(&s, 1, o->from);
		stmt_bind(&s, 2, o->to);
		if (o->meter != NULL)
			stmt_bind_text(&s, 3, span_of(o->meter));
		stmt_bind(&s, 4, o->id);
	}
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		size_t at = strlen(f->names);

		f->named++;
		if (stmt_int(&s, 4) == 0)
			continue;
		t->meter = stmt_key(&s, 0);
		t->kind = (enum kind)stmt_int(&s, 3);
		if (!t->any) {
			t->from = t->to = stmt_key(&s, 5);
			t->counter = stmt_key(&s, 6);
		}
		put_name(a->meter, &s);
		snprintf(f->names + at, sizeof(f->names) - at, "%s%s",
			 f->fit++ > 0 ? ", " : "", a->meter);
	}
	stmt_close(&s);
	return rc;
}

/* Returns 0, or an error of pins_write. */
static int find(const struct pins_order *o, sqlite3 *db, struct target *t,
		struct pins_answer *a, struct err *e)
{
	struct found f = { 0 };
	int rc = look(o, db, t, a, &f, e);

	if (rc < 0 || f.fit == 1)
		return rc;
	if (o->id != 0)
		return err_set(e, ERR_USAGE,
			       "there is no held reading %lld; "
			       "p1logger --quarantine lists them",
			       (long long)o->id);
	if (f.named == 0 && o->meter != NULL)
		return err_set(e, ERR_USAGE,
			       "there is no meter '%s'; p1logger --discover "
			       "names the meters",
			       o->meter);
	if (f.fit > 1)
		return err_set(
			e, ERR_USAGE,
			"several meters have readings at that time: name one "
			"with --meter: %s",
			f.names);
	if (o->verb == PINS_CLEAR)
		return err_set(e, ERR_USAGE,
			       "there is no decision to clear about readings "
			       "at that time");
	return err_set(e, ERR_USAGE, "%s no readings at that time",
		       o->meter != NULL ? "the meter has" : "there are");
}

/* Cut the target's readings out of earlier decisions. */
static const char *const take_back[] = {
	"INSERT INTO pin (meter, first_ts, last_ts, accepted, counter) "
	"SELECT meter, ?3 + 1, last_ts, accepted, counter FROM pin "
	"WHERE meter = ?1 AND first_ts <= ?3 AND last_ts > ?3",
	"UPDATE pin SET last_ts = ?2 - 1 "
	"WHERE meter = ?1 AND first_ts < ?2 AND last_ts >= ?2",
	"DELETE FROM pin AS p WHERE meter = ?1 AND "
	"first_ts BETWEEN ?2 AND ?3 AND " NOT_ENTERED,
};
static const char take_one_back[] =
	"DELETE FROM pin WHERE meter = ?1 AND first_ts = ?2 AND "
	"last_ts = ?3 AND counter = ?5";
static const char say[] =
	"INSERT INTO pin (meter, first_ts, last_ts, accepted, counter) "
	"VALUES (?1, ?2, ?3, ?4, ?5)";

/* Was exactly this decided about the range, and nothing else? */
static const char was_said[] =
	"SELECT count(*) = 1 AND min(counter IS NULL AND first_ts = ?2 AND "
	"last_ts = ?3 AND accepted = ?4) FROM pin AS p WHERE meter = ?1 AND "
	"first_ts <= ?3 AND last_ts >= ?2 AND " NOT_ENTERED;

/*
 * Replace the decision. Returns 1 if it is the same as before, 0 if not, or a
 * negative code.
 */
static int write_pin(sqlite3 *db, const struct target *t, enum pins_verb verb,
		     struct err *e)
{
	const int64_t v[] = { t->meter, t->from, t->to, verb == PINS_ACCEPT,
			      t->counter };
	const int n = t->any ? 4 : 5; /* NULL stands for all counters */
	int64_t said = 0;
	int rc = 0;

	if (t->any && verb != PINS_CLEAR)
		rc = stmt_ask_with(db, was_said, v, n, 0, &said, e);
	for (size_t i = 0; rc >= 0 && t->any && i < COUNT(take_back); i++)
		rc = stmt_exec_with(db, take_back[i], v, n, e);
	if (rc >= 0 && !t->any)
		rc = stmt_exec_with(db, take_one_back, v, n, e);
	if (rc >= 0 && verb != PINS_CLEAR)
		rc = stmt_exec_with(db, say, v, n, e);
	return rc < 0 ? rc : said != 0;
}

static int settle(struct row_writer *w, const struct target *t, int64_t now,
		  struct err *e)
{
	struct judge_rows_meter m;
	int place = meters_of_id(&w->meters, t->meter, e);
	int rc = place < 0 ? place
			   : row_writer_meter(w, place, t->kind, now, &m, e);

	if (rc == 0)
		rc = row_writer_settle(w, place, &m, t->from, t->to, e);
	if (rc == 0)
		w->meters.list[place].head_known = false;
	return rc;
}

int pins_write(const struct pins_order *o, struct row_writer *w,
	       struct pins_answer *a, struct err *e)
{
	const struct commit_progress was = w->p;
	struct target t = { .from = o->from, .to = o->to, .any = o->id == 0 };
	int rc = find(o, w->db, &t, a, e);

	if (rc == 0)
		rc = write_pin(w->db, &t, o->verb, e);
	if (rc < 0)
		return rc;
	a->again = rc > 0;
	rc = settle(w, &t, o->now, e);
	a->accepted = w->p.accepted - was.accepted;
	a->withdrawn = w->p.withdrawn - was.withdrawn;
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
