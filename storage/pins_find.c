#include "storage/pins_find.h"

#include <stdio.h>
#include <string.h>

/* The first counter that a held reading shows, as readings.c finds it. */
static int open_held(struct stmt *s, sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT meter, channel, ts, medium, "
				   "identifier, coalesce(value");
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendall(sql, ") FROM (SELECT h.*, m.medium, m.identifier "
				   "FROM held AS h JOIN meter AS m ON m.id = "
				   "h.meter WHERE h.id = ?1)");
	return stmt_open_text(s, db, sql, e);
}

static void put_name(struct pins_target *t, struct span medium,
		     struct span identifier)
{
	if (identifier.n > 0)
		snprintf(t->name, PINS_METER, "%.*s %.*s", SPAN_ARG(medium),
			 SPAN_ARG(identifier));
	else
		snprintf(t->name, PINS_METER, "%.*s (meter %lld)",
			 SPAN_ARG(medium), (long long)t->meter);
}

static int find_held(const struct pins_order *o, sqlite3 *db,
		     struct pins_target *t, struct err *e)
{
	struct stmt s = { 0 };
	int rc = open_held(&s, db, e);

	if (rc == 0) {
		stmt_bind(&s, 1, o->id);
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		*t = (struct pins_target){ .meter = stmt_key(&s, 0),
					   .electric = stmt_int(&s, 1) == 0,
					   .from = stmt_key(&s, 2),
					   .to = stmt_key(&s, 2),
					   .counter = stmt_key(&s, 5) };
		put_name(t, stmt_text(&s, 3), stmt_text(&s, 4));
	}
	stmt_close(&s);
	if (rc == 0)
		return err_set(e, ERR_USAGE, "there is no held reading %lld",
			       (long long)o->id);
	return rc < 0 ? rc : 0;
}

#define MEANT                                                                  \
	"SELECT id, medium, identifier, "                                      \
	"EXISTS (SELECT 1 FROM installation WHERE meter = m.id "               \
	"AND channel = 0) OR EXISTS (SELECT 1 FROM held "                      \
	"WHERE meter = m.id AND channel = 0), "

#define NAMED                                                                  \
	" FROM meter AS m WHERE ?3 IS NULL OR "                                \
	"identifier = ?3 COLLATE NOCASE OR identifier = hex(?3) OR "           \
	"CAST(id AS TEXT) = ?3 ORDER BY id"

/* The meters of that name, and whether each has readings in the range ... */
static const char have_readings[] = MEANT
	"EXISTS (SELECT 1 FROM electricity AS r WHERE r.meter = m.id "
	"AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM mbus AS v "
	"WHERE v.meter = m.id AND ts BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 "
	"FROM held AS h WHERE h.meter = m.id AND ts BETWEEN ?1 AND ?2)" NAMED;

/* ... or whether anything was said of these. */
static const char have_pins[] = MEANT
	"EXISTS (SELECT 1 FROM pin AS p WHERE p.meter = m.id AND "
	"first_ts <= ?2 AND last_ts >= ?1 AND " PINS_NOT_ENTERED ")" NAMED;

/* What was found of a range. */
struct found {
	int named, fit;
	char names[300]; /* of those that fit */
};

static int look(const struct pins_order *o, sqlite3 *db, struct pins_target *t,
		struct found *f, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(
		&s, db, o->verb == PINS_CLEAR ? have_pins : have_readings, e);

	if (rc == 0) {
		stmt_bind(&s, 1, o->from);
		stmt_bind(&s, 2, o->to);
		if (o->meter != NULL)
			stmt_bind_text(&s, 3, span_of(o->meter));
	}
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		size_t at = strlen(f->names);

		f->named++;
		if (stmt_int(&s, 4) == 0)
			continue;
		t->meter = stmt_key(&s, 0);
		t->electric = stmt_int(&s, 3) != 0;
		put_name(t, stmt_text(&s, 1), stmt_text(&s, 2));
		snprintf(f->names + at, sizeof(f->names) - at, "%s%s",
			 f->fit++ > 0 ? ", " : "", t->name);
	}
	stmt_close(&s);
	return rc;
}

static int find_range(const struct pins_order *o, sqlite3 *db,
		      struct pins_target *t, struct err *e)
{
	const bool clear = o->verb == PINS_CLEAR;
	struct found f = { 0 };
	int rc = look(o, db, t, &f, e);

	if (rc < 0 || f.fit == 1)
		return rc < 0 ? rc : 0;
	if (f.named == 0 && o->meter != NULL)
		return err_set(e, ERR_USAGE, "there is no meter '%s'",
			       o->meter);
	if (f.fit > 1)
		return err_set(e, ERR_USAGE,
			       "several meters have readings then, name one "
			       "with --meter: %s",
			       f.names);
	if (clear)
		return err_set(e, ERR_USAGE,
			       "nothing was said of readings at that time");
	return err_set(e, ERR_USAGE, "%s no readings at that time",
		       o->meter != NULL ? "the meter has" : "there are");
}

int pins_find(const struct pins_order *o, sqlite3 *db, struct pins_target *t,
	      struct err *e)
{
	*t = (struct pins_target){ .from = o->from, .to = o->to, .any = true };
	return o->id != 0 ? find_held(o, db, t, e) : find_range(o, db, t, e);
}
