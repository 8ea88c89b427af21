#include "storage/judge/meter_readings.h"

enum {
	HEAD_ROWS = 64, /* rows searched for other registers */
	COUNTERS = 5,	/* first column of them in a row */
};

enum {
	ACCEPTED,
	HELD,
	BACK,
	FORWARD,
	HELD_FIRST,
	HELD_LAST,
	NEWEST_HELD,
	COUNT_HELD,
	HEAD,
	LAST_TS,
	ACCEPTS,
	INTERRUPTED,
};

/*
 * A person's decision about row r; the last one counts. Most meters have none:
 * that is checked once, not for each row.
 */
#define PIN                                                                    \
	"iif(EXISTS (SELECT 1 FROM pin WHERE meter = ?1), "                    \
	"(SELECT accepted FROM pin AS p WHERE p.meter = ?1 AND "               \
	"r.ts BETWEEN first_ts AND last_ts AND "                               \
	"ifnull(counter = coalesce(NULL, $counters), 1) "                      \
	"ORDER BY counter IS NULL, rowid DESC LIMIT 1), NULL)"

/* Readings not held because of their counters are judged only with a pin. */
#define JUDGED "reason NOT IN ('time', 'unproven')"

#define IN_RANGE                                                               \
	"AS r WHERE meter = ?1 AND ts BETWEEN ?2 AND ?3 AND "                  \
	"coalesce(NULL, $counters) IS NOT NULL"

/*
 * The first or last reading of a range that nobody has rejected, unless the
 * accepted ones there outweigh all held ones four times.
 */
#define RANGE "WHERE meter = ?1 AND ts BETWEEN ?2 AND ?3 "
#define IN_DOUBT                                                               \
	"(ts) FROM held AS h " RANGE "AND " JUDGED                             \
	" AND NOT EXISTS (SELECT 1 FROM pin AS p WHERE "                       \
	"p.meter = h.meter AND h.ts BETWEEN first_ts AND last_ts "             \
	"AND accepted = 0 AND counter IS NULL) "                               \
	"AND 4 * (SELECT sum(weight) FROM held " RANGE "AND " JUDGED           \
	") >= (SELECT ifnull(sum(weight), 0) FROM $table " RANGE ")"

static const char *const sql[] = {
	[ACCEPTED] = "SELECT ts, weight, 0, " PIN ", 0, $counters "
		     "FROM $table " IN_RANGE,
	[HELD] = ("SELECT ts, weight, id, ifnull(" PIN ", iif(" JUDGED
		  ", NULL, 0)), reason = '', $counters FROM held " IN_RANGE),
	/*
	 * The reading that is ?3 accepted readings or ?4 seconds away,
	 * whichever is further.
	 */
	[BACK] = "SELECT min((SELECT ts FROM $table WHERE meter = ?1 AND "
		 "ts < ?2 ORDER BY ts DESC LIMIT 1 OFFSET ?3 - 1), "
		 "(SELECT ts FROM $table WHERE meter = ?1 AND "
		 "ts <= ?2 - ?4 ORDER BY ts DESC LIMIT 1))",
	[FORWARD] = "SELECT max((SELECT ts FROM $table WHERE meter = ?1 AND "
		    "ts > ?2 ORDER BY ts LIMIT 1 OFFSET ?3 - 1), "
		    "(SELECT ts FROM $table WHERE meter = ?1 AND "
		    "ts >= ?2 + ?4 ORDER BY ts LIMIT 1))",
	[HELD_FIRST] = "SELECT min" IN_DOUBT,
	[HELD_LAST] = "SELECT max" IN_DOUBT,
	[NEWEST_HELD] = "SELECT ts, weight, id, NULL, 0, $counters FROM held "
			"WHERE meter = ?1 AND " JUDGED
			" ORDER BY ts DESC, id DESC LIMIT 1",
	[COUNT_HELD] = "SELECT count(*) FROM held WHERE meter = ?1 AND "
		       "ts > ?2 AND " JUDGED,
	/* Go back to a reading that a person accepted. */
	[HEAD] = "SELECT ts, weight, 0, NULL, 0, $counters FROM $table "
		 "WHERE meter = ?1 AND ts >= ifnull((SELECT max(first_ts) "
		 "FROM pin WHERE meter = ?1 AND accepted = 1), 0) "
		 "ORDER BY ts DESC LIMIT ?2",
	[LAST_TS] = "SELECT max(ifnull((SELECT max(ts) FROM held "
		    "WHERE meter = ?1 AND " JUDGED "), -1), "
		    "ifnull((SELECT max(last_ts) FROM pin "
		    "WHERE meter = ?1), -1))",
	[ACCEPTS] = "SELECT max(accepted) FROM pin WHERE meter = ?1 AND "
		    "last_ts >= ?2",
	[INTERRUPTED] = "SELECT EXISTS (SELECT 1 FROM $table WHERE "
			"ts BETWEEN ?2 AND ?3 AND meter <> ?1)",
};

_Static_assert(COUNT(sql) == METER_READINGS_STATEMENTS,
	       "each statement has its text");

int meter_readings_open(struct meter_readings *r, sqlite3 *db, enum kind k,
			struct err *e)
{
	*r = (struct meter_readings){ .kind = k };
	return meter_kind_open_all(r->s, db, k, sql, COUNT(sql), e);
}

void meter_readings_close(struct meter_readings *r)
{
	stmt_close_all(r->s, COUNT(r->s));
}

/* Step a statement with the meter and up to three numbers. */
static struct stmt *bound(struct meter_readings *r, int which, int64_t b,
			  int64_t c, int64_t d)
{
	stmt_bind_all(&r->s[which], (const int64_t[]){ r->meter, b, c, d }, 4);
	return &r->s[which];
}

static struct chain_reading reading_of_row(const struct meter_readings *r,
					   struct stmt *s)
{
	return (struct chain_reading){
		.point = meter_kind_point(s, r->kind, stmt_int(s, 0), COUNTERS),
		.weight = stmt_int(s, 1),
		.held = stmt_key(s, 2),
		.pin = stmt_is_null(s, 3) ? PIN_NONE
		       : stmt_int(s, 3)	  ? PIN_ACCEPTED
					  : PIN_REJECTED,
		.fresh = stmt_int(s, 4) != 0,
	};
}

static int add_rows(const struct meter_readings *r, struct stmt *s,
		    struct window *w, struct err *e)
{
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		const struct chain_reading one = reading_of_row(r, s);

		if (window_add(w, &one, e) < 0) {
			stmt_reset(s);
			return e->code;
		}
	}
	return rc;
}

static int read_window(void *of, int64_t from, int64_t to, struct window *w,
		       struct err *e)
{
	struct meter_readings *r = of;
	int rc = add_rows(r, bound(r, ACCEPTED, from, to, 0), w, e);

	return rc == 0 ? add_rows(r, bound(r, HELD, from, to, 0), w, e) : rc;
}

static int find_accepted(void *of, int64_t ts, enum way way, int64_t count,
			 int64_t away, int64_t *at, struct err *e)
{
	return stmt_value(
		bound(of, way == WAY_BACK ? BACK : FORWARD, ts, count, away),
		*at, at, e);
}

static int find_held(void *of, int64_t from, int64_t to, enum way way,
		     int64_t *at, struct err *e)
{
	return stmt_value(bound(of, way == WAY_BACK ? HELD_FIRST : HELD_LAST,
				from, to, 0),
			  *at, at, e);
}

struct window_source meter_readings_of(struct meter_readings *r, int64_t meter)
{
	r->meter = meter;
	return (struct window_source){ r, read_window, find_accepted,
				       find_held };
}

/*
 * Read the one row of a statement, if it has one. Returns 1, 0 or a negative
 * code.
 */
static int read_one(const struct meter_readings *r, struct stmt *s,
		    struct chain_reading *one, struct err *e)
{
	int rc = stmt_next(s, e);

	if (rc > 0) {
		*one = reading_of_row(r, s);
		stmt_reset(s);
	}
	return rc;
}

int meter_readings_at(struct meter_readings *r, int64_t meter, int64_t ts,
		      struct judge_point *p, struct err *e)
{
	struct chain_reading one;
	int rc;

	r->meter = meter;
	rc = read_one(r, bound(r, ACCEPTED, ts, ts, 0), &one, e);
	if (rc > 0)
		*p = one.point;
	return rc;
}

int meter_readings_beside(struct meter_readings *r, int64_t meter, int64_t ts,
			  enum way way, struct judge_point *p, struct err *e)
{
	int64_t at = INT64_MIN;
	int rc;

	r->meter = meter;
	rc = find_accepted(r, ts, way, 1, 0, &at, e);
	return rc < 0 || at == INT64_MIN
		       ? rc
		       : meter_readings_at(r, meter, at, p, e);
}

int meter_readings_head(struct meter_readings *r, int64_t meter,
			struct chain_head *h, struct err *e)
{
	struct chain_reading one;
	struct stmt *s;
	int64_t last = -1;
	int rc = 1;

	*h = chain_head_empty();
	r->meter = meter;
	s = bound(r, HEAD, r->kind == KIND_MBUS ? 1 : HEAD_ROWS, 0, 0);
	while (h->n < HEAD_FORMS && (rc = stmt_next(s, e)) > 0) {
		one = reading_of_row(r, s);
		chain_head_add_older(h, &one.point);
	}
	stmt_reset(s);
	if (rc >= 0)
		rc = stmt_value(bound(r, LAST_TS, 0, 0, 0), -1, &last, e);
	if (rc == 0 && last >= 0)
		chain_head_pass(h, last);
	return rc;
}

int meter_readings_held(struct meter_readings *r, int64_t meter,
			struct chain_reading *one, int64_t *behind,
			struct err *e)
{
	struct judge_point accepted = { .ts = INT64_MIN };
	int rc = meter_readings_beside(r, meter, INT64_MAX, WAY_BACK, &accepted,
				       e);

	*one = (struct chain_reading){ 0 };
	if (rc >= 0)
		rc = read_one(r, bound(r, NEWEST_HELD, 0, 0, 0), one, e);
	if (rc >= 0 && accepted.ts >= one->point.ts)
		one->held = 0;
	return rc < 0 ? rc
		      : stmt_value(bound(r, COUNT_HELD, accepted.ts, 0, 0), 0,
				   behind, e);
}

int meter_readings_accepts(struct meter_readings *r, int64_t meter,
			   int64_t from, bool *accepts, struct err *e)
{
	int64_t n = 0;
	int rc;

	r->meter = meter;
	rc = stmt_value(bound(r, ACCEPTS, from, 0, 0), 0, &n, e);
	*accepts = n != 0;
	return rc;
}

int meter_readings_interrupted(struct meter_readings *r, int64_t meter,
			       int64_t from, int64_t to, bool *interrupted,
			       struct err *e)
{
	int64_t n = 0;
	int rc = 0;

	r->meter = meter;
	if (r->kind == KIND_ELECTRICITY)
		rc = stmt_value(bound(r, INTERRUPTED, from, to, 0), 0, &n, e);
	*interrupted = n != 0;
	return rc;
}
