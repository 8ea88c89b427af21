#include "storage/judge/readings.h"

enum { COUNTERS = 5 }; /* first column of them */

/* A pin is of all readings in its range, or of those with one counter. */
struct pinned {
	int64_t first_ts, last_ts;
	enum pin pin;
	bool any;
	int64_t counter;
};

/* The columns of the counters, each with `before` in front of it. */
static void put_counters(sqlite3_str *sql, bool electric, const char *before)
{
	for (int q = 0; electric && q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, "%s%s", before, quantities[q].column);
	if (!electric)
		sqlite3_str_appendf(sql, "%svalue", before);
}

static const char *table_of(const struct readings *s)
{
	return s->electric ? "electricity" : "mbus";
}

static int open_read(struct stmt *st, sqlite3 *db, bool electric, bool held,
		     struct err *e)
{
	const char *table = held ? "held" : electric ? "electricity" : "mbus";
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "SELECT ts, weight, %s",
			    held ? "id, reason IN ('time', 'unproven'), "
				   "reason = ''"
				 : "0, 0, 0");
	put_counters(sql, electric, ", ");
	sqlite3_str_appendf(sql,
			    " FROM %s WHERE meter = ?1 AND ts BETWEEN ?2 AND "
			    "?3 AND coalesce(NULL",
			    table);
	put_counters(sql, electric, ", ");
	sqlite3_str_appendall(sql, ") IS NOT NULL");
	return stmt_open_text(st, db, sql, e);
}

/* One time of an accepted reading; `where` has ?2 and ?3. */
static int open_accepted(const struct readings *s, struct stmt *st, sqlite3 *db,
			 const char *where, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "SELECT ts FROM %s WHERE meter = ?1 AND %s",
			    table_of(s), where);
	return stmt_open_text(st, db, sql, e);
}

/* The first or last held reading of a range that no person has rejected. */
static int open_held(struct stmt *st, sqlite3 *db, const char *what,
		     struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(
		sql,
		"SELECT %s(ts) FROM held AS h WHERE meter = ?1 AND ts "
		"BETWEEN ?2 AND ?3 AND reason NOT IN ('time', 'unproven') "
		"AND NOT EXISTS (SELECT 1 FROM pin AS p "
		"WHERE p.meter = h.meter AND h.ts BETWEEN first_ts AND "
		"last_ts AND accepted = 0 AND counter IS NULL)",
		what);
	return stmt_open_text(st, db, sql, e);
}

static int open_edges(struct readings *s, sqlite3 *db, struct err *e)
{
	const struct {
		struct stmt *st;
		const char *where;
	} edges[] = {
		{ &s->count_back,
		  "ts < ?2 ORDER BY ts DESC LIMIT 1 OFFSET ?3 - 1" },
		{ &s->count_forward,
		  "ts > ?2 ORDER BY ts LIMIT 1 OFFSET ?3 - 1" },
		{ &s->away_back, "ts <= ?2 - ?3 ORDER BY ts DESC LIMIT 1" },
		{ &s->away_forward, "ts >= ?2 + ?3 ORDER BY ts LIMIT 1" },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(edges); i++)
		rc = open_accepted(s, edges[i].st, db, edges[i].where, e);
	return rc;
}

int readings_open(struct readings *s, sqlite3 *db, bool electric, struct err *e)
{
	int rc;

	*s = (struct readings){ .electric = electric };
	rc = open_read(&s->accepted, db, electric, false, e);
	if (rc == 0)
		rc = open_read(&s->held, db, electric, true, e);
	if (rc == 0)
		rc = stmt_open(&s->pins, db,
			       "SELECT first_ts, last_ts, accepted, counter "
			       "FROM pin WHERE meter = ?1 AND last_ts >= ?2 "
			       "AND first_ts <= ?3 "
			       "ORDER BY counter IS NOT NULL, rowid",
			       e);
	if (rc == 0)
		rc = open_held(&s->held_first, db, "min", e);
	if (rc == 0)
		rc = open_held(&s->held_last, db, "max", e);
	return rc == 0 ? open_edges(s, db, e) : rc;
}

void readings_close(struct readings *s)
{
	struct stmt *all[] = { &s->accepted,	  &s->held,
			       &s->pins,	  &s->count_back,
			       &s->count_forward, &s->away_back,
			       &s->away_forward,  &s->held_first,
			       &s->held_last };

	for (size_t i = 0; i < COUNT(all); i++)
		stmt_close(all[i]);
}

static void bind(const struct readings *s, struct stmt *st, int64_t b,
		 int64_t c)
{
	stmt_bind(st, 1, s->meter);
	stmt_bind(st, 2, b);
	stmt_bind(st, 3, c);
}

static struct chain_reading reading_of_row(struct stmt *st, bool electric)
{
	int n = electric ? JUDGE_REGISTERS : 1;
	struct chain_reading one = {
		.weight = stmt_int(st, 1),
		.held = stmt_key(st, 2),
		/* Only a person's word counts for what was not held by its
		   counters. */
		.pin = stmt_int(st, 3) ? PIN_REJECTED : PIN_NONE,
		.fresh = stmt_int(st, 4) != 0,
	};

	one.point.ts = stmt_int(st, 0);
	for (int i = 0; i < n; i++)
		if (!stmt_is_null(st, COUNTERS + i)) {
			one.point.have |= 1u << i;
			one.point.value[i] = stmt_int(st, COUNTERS + i);
		}
	return one;
}

static int add_rows(const struct readings *s, struct stmt *st, int64_t from,
		    int64_t to, struct window *w, struct err *e)
{
	int rc;

	bind(s, st, from, to);
	while ((rc = stmt_next(st, e)) > 0) {
		const struct chain_reading one =
			reading_of_row(st, s->electric);

		if (window_add(w, &one, e) < 0) {
			stmt_reset(st);
			return e->code;
		}
	}
	return rc;
}

static void apply_pin(const struct pinned *p, struct window *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct chain_reading *one = &w->list[i];
		int first = judge_first(&one->point);

		if (one->point.ts >= p->first_ts &&
		    one->point.ts <= p->last_ts &&
		    (p->any || one->point.value[first] == p->counter))
			one->pin = p->pin;
	}
}

/* The last word counts; of one reading it came after that of a range. */
static int apply_pins(struct readings *s, int64_t from, int64_t to,
		      struct window *w, struct err *e)
{
	int rc;

	bind(s, &s->pins, from, to);
	while ((rc = stmt_next(&s->pins, e)) > 0) {
		const struct pinned p = {
			.first_ts = stmt_int(&s->pins, 0),
			.last_ts = stmt_int(&s->pins, 1),
			.pin = stmt_int(&s->pins, 2) ? PIN_ACCEPTED
						     : PIN_REJECTED,
			.any = stmt_is_null(&s->pins, 3),
			.counter = stmt_int(&s->pins, 3),
		};

		apply_pin(&p, w);
	}
	return rc;
}

static int read_window(void *of, int64_t from, int64_t to, struct window *w,
		       struct err *e)
{
	struct readings *s = of;
	int rc = add_rows(s, &s->accepted, from, to, w, e);

	if (rc == 0)
		rc = add_rows(s, &s->held, from, to, w, e);
	return rc == 0 ? apply_pins(s, from, to, w, e) : rc;
}

/* Step a statement that answers with one time; *at stays where there is none. */
static int ask_time(struct stmt *st, int64_t *at, struct err *e)
{
	return stmt_value(st, *at, at, e);
}

static int find_accepted(void *of, int64_t ts, enum way way, int64_t count,
			 int64_t away, int64_t *at, struct err *e)
{
	struct readings *s = of;
	bool back = way == WAY_BACK;
	const int64_t open = *at;
	struct stmt *by_count = back ? &s->count_back : &s->count_forward;
	struct stmt *by_time = back ? &s->away_back : &s->away_forward;
	int64_t counted = open, apart = open;
	int rc;

	bind(s, by_count, ts, count);
	rc = ask_time(by_count, &counted, e);
	if (rc < 0 || away == 0) {
		*at = counted;
		return rc;
	}
	bind(s, by_time, ts, away);
	rc = ask_time(by_time, &apart, e);
	/* The further one has both; open is further than any time. */
	*at = (counted < apart) == back ? counted : apart;
	return rc;
}

static int find_held(void *of, int64_t from, int64_t to, enum way way,
		     int64_t *at, struct err *e)
{
	struct readings *s = of;
	struct stmt *st = way == WAY_BACK ? &s->held_first : &s->held_last;

	bind(s, st, from, to);
	return ask_time(st, at, e);
}

struct window_source readings_of(struct readings *s, int64_t meter)
{
	s->meter = meter;
	return (struct window_source){ s, read_window, find_accepted,
				       find_held };
}

int readings_accepts(struct readings *s, int64_t meter, int64_t from,
		     struct err *e)
{
	int accepts = 0;
	int rc;

	s->meter = meter;
	bind(s, &s->pins, from, INT64_MAX);
	while ((rc = stmt_next(&s->pins, e)) > 0)
		accepts |= stmt_int(&s->pins, 2) != 0;
	return rc < 0 ? rc : accepts;
}
