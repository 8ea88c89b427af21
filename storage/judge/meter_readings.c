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
	COUNT_ROWS,
	ROWS_WEIGHT,
	HELD_FIRST,
	HELD_LAST,
	HELD_WEIGHTS,
	NEWEST_HELD,
	COUNT_HELD,
	HEAD_FROM,
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

#define RANGE "WHERE meter = ?1 AND ts BETWEEN ?2 AND ?3 "

/* The first or last reading of a range that nobody has rejected. */
#define IN_DOUBT                                                               \
	"(ts) FROM held AS h " RANGE "AND " JUDGED                             \
	" AND NOT EXISTS (SELECT 1 FROM pin AS p WHERE "                       \
	"p.meter = h.meter AND h.ts BETWEEN first_ts AND last_ts "             \
	"AND accepted = 0 AND counter IS NULL)"

static const char *const sql[] = {
	[ACCEPTED] = "SELECT ts, weight, 0, " PIN ", 0, $counters "
		     "FROM $table " IN_RANGE,
	[HELD] = ("SELECT ts, weight, id, ifnull(" PIN ", iif(" JUDGED
		  ", NULL, 0)), reason = '', $counters FROM held " IN_RANGE),
	[BACK] = "SELECT ts FROM $table " RANGE
		 "ORDER BY ts DESC LIMIT 1 OFFSET ?4 - 1",
	[FORWARD] = "SELECT ts FROM $table " RANGE
		    "ORDER BY ts LIMIT 1 OFFSET ?4 - 1",
	[COUNT_ROWS] = "SELECT count(*) FROM $table " RANGE,
	[ROWS_WEIGHT] = "SELECT sum(weight) FROM $table " RANGE,
	[HELD_FIRST] = "SELECT min" IN_DOUBT,
	[HELD_LAST] = "SELECT max" IN_DOUBT,
	[HELD_WEIGHTS] = "SELECT weight FROM held " RANGE "AND " JUDGED
			 " ORDER BY ts DESC",
	[NEWEST_HELD] = "SELECT ts, weight, id, NULL, 0, $counters FROM held "
			"WHERE meter = ?1 AND " JUDGED
			" ORDER BY ts DESC, id DESC LIMIT 1",
	[COUNT_HELD] = "SELECT count(*) FROM (SELECT 1 FROM held "
		       "WHERE meter = ?1 AND ts > ?2 AND " JUDGED " LIMIT ?3)",
	/* Go back to a reading that a person accepted. */
	[HEAD_FROM] = "SELECT max(first_ts) FROM pin "
		      "WHERE meter = ?1 AND accepted = 1",
	[HEAD] = "SELECT ts, weight, 0, NULL, 0, $counters FROM $table " RANGE
		 "ORDER BY ts DESC LIMIT ?4",
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
	int rc;

	*r = (struct meter_readings){ .kind = k };
	rc = meter_stretches_open(&r->stretches, db, k, e);
	return rc < 0 ? rc
		      : meter_kind_open_all(r->s, db, k, sql, COUNT(sql), e);
}

void meter_readings_close(struct meter_readings *r)
{
	meter_stretches_close(&r->stretches);
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

static int next_stretch(struct meter_readings *r, enum way way,
			struct stretch *rest, struct stretch *at, struct err *e)
{
	return meter_stretches_next(&r->stretches, r->meter, way, rest, at, e);
}

static int read_window(void *of, int64_t from, int64_t to, struct window *w,
		       struct err *e)
{
	struct meter_readings *r = of;
	struct stretch rest = { from, to }, at;
	int rc;

	while ((rc = next_stretch(r, WAY_BACK, &rest, &at, e)) > 0) {
		rc = add_rows(r, bound(r, ACCEPTED, at.from, at.to, 0), w, e);
		if (rc < 0)
			return rc;
	}
	return rc == 0 ? add_rows(r, bound(r, HELD, from, to, 0), w, e) : rc;
}

/*
 * Find the count-th accepted reading of `rest`, from its end if the way is back.
 * *at stays unchanged if there is none.
 */
static int find_nth(struct meter_readings *r, enum way way, struct stretch rest,
		    int64_t count, int64_t *at, struct err *e)
{
	const int which = way == WAY_BACK ? BACK : FORWARD;
	const int64_t before = *at;
	struct stretch in;
	int rc;

	while ((rc = next_stretch(r, way, &rest, &in, e)) > 0) {
		int64_t n = 0;

		rc = stmt_value(bound(r, which, in.from, in.to, count), before,
				at, e);
		if (rc < 0 || *at != before)
			return rc;
		rc = stmt_value(bound(r, COUNT_ROWS, in.from, in.to, 0), 0, &n,
				e);
		if (rc < 0)
			return rc;
		count -= n;
	}
	return rc;
}

static struct stretch beyond(int64_t ts, enum way way, int64_t away)
{
	return way == WAY_BACK ? (struct stretch){ INT64_MIN, ts - away }
			       : (struct stretch){ ts + away, INT64_MAX };
}

static int find_accepted(void *of, int64_t ts, enum way way, int64_t count,
			 int64_t away, int64_t *at, struct err *e)
{
	const int64_t open = way == WAY_BACK ? INT64_MIN : INT64_MAX;
	int64_t nth = open, distant = open;
	int rc = find_nth(of, way, beyond(ts, way, 1), count, &nth, e);

	if (rc < 0 || nth == open)
		return rc;
	if (away > 0)
		rc = find_nth(of, way, beyond(ts, way, away), 1, &distant, e);
	else
		distant = nth;
	if (rc == 0 && distant != open)
		*at = (way == WAY_BACK) == (nth < distant) ? nth : distant;
	return rc;
}

/* Do the accepted ones of a range weigh more than four times the held ones? */
static int outweigh(struct meter_readings *r, int64_t from, int64_t to,
		    bool *they_do, struct err *e)
{
	struct stretch rest = { from, to }, at;
	struct stmt *s;
	int64_t accepted = 0, held = 0;
	int rc;

	while ((rc = next_stretch(r, WAY_BACK, &rest, &at, e)) > 0) {
		int64_t sum;

		rc = stmt_value(bound(r, ROWS_WEIGHT, at.from, at.to, 0), 0,
				&sum, e);
		if (rc < 0)
			return rc;
		accepted += sum > 0 ? sum : 0;
		if (accepted > STMT_MOST)
			accepted = STMT_MOST;
	}
	s = bound(r, HELD_WEIGHTS, from, to, 0);
	while (rc == 0 && 4 * held < accepted && (rc = stmt_next(s, e)) > 0) {
		const int64_t weight = stmt_int(s, 0);

		held += weight > 0 ? weight : 0;
		rc = 0;
	}
	if (rc == 0)
		stmt_reset(s);
	*they_do = 4 * held < accepted;
	return rc;
}

static int find_held(void *of, int64_t from, int64_t to, enum way way,
		     int64_t *at, struct err *e)
{
	const int which = way == WAY_BACK ? HELD_FIRST : HELD_LAST;
	int64_t found = *at;
	bool outweighed = false;
	int rc = stmt_value(bound(of, which, from, to, 0), *at, &found, e);

	if (rc == 0 && found != *at)
		rc = outweigh(of, from, to, &outweighed, e);
	if (rc == 0 && !outweighed)
		*at = found;
	return rc;
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

/* Returns the number of rows read, or a negative code. */
static int add_head(struct meter_readings *r, const struct stretch *at,
		    int most, struct chain_head *h, struct err *e)
{
	struct stmt *s = bound(r, HEAD, at->from, at->to, most);
	int rc = 0, n = 0;

	while (h->n < HEAD_FORMS && (rc = stmt_next(s, e)) > 0) {
		const struct chain_reading one = reading_of_row(r, s);

		chain_head_add_older(h, &one.point);
		n++;
	}
	stmt_reset(s);
	return rc < 0 ? rc : n;
}

int meter_readings_head(struct meter_readings *r, int64_t meter,
			struct chain_head *h, struct err *e)
{
	struct stretch rest = { 0, INT64_MAX }, at;
	int most = r->kind == KIND_MBUS ? 1 : HEAD_ROWS;
	int64_t last = -1;
	int rc;

	*h = chain_head_empty();
	r->meter = meter;
	rc = stmt_value(bound(r, HEAD_FROM, 0, 0, 0), 0, &rest.from, e);
	while (rc >= 0 && most > 0 && h->n < HEAD_FORMS &&
	       (rc = next_stretch(r, WAY_BACK, &rest, &at, e)) > 0) {
		rc = add_head(r, &at, most, h, e);
		most -= rc;
	}
	if (rc >= 0)
		rc = stmt_value(bound(r, LAST_TS, 0, 0, 0), -1, &last, e);
	if (rc == 0 && last >= 0)
		chain_head_pass(h, last);
	return rc;
}

int meter_readings_held(struct meter_readings *r, int64_t meter,
			struct chain_reading *one, int64_t most,
			int64_t *behind, struct err *e)
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
		      : stmt_value(bound(r, COUNT_HELD, accepted.ts, most, 0),
				   0, behind, e);
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
