#include "storage/history/interpolation.h"

#include "storage/history/interpolation_share.h"
#include "storage/history/series_registers.h"

/* The readings around an instant: at or before it, at or after it. */
enum beside { BEFORE, AFTER };

void interpolation_open(struct interpolation *c, sqlite3 *db)
{
	*c = (struct interpolation){ .db = db };
}

static void close_line(struct interpolation_line *l)
{
	stmt_close_all(l->row, COUNT(l->row));
	stmt_close(&l->run);
}

void interpolation_close(struct interpolation *c)
{
	close_line(&c->house);
	close_line(&c->added);
	stmt_close_all(c->value, COUNT(c->value));
	stmt_close(&c->adds);
	stmt_close(&c->meters);
}

/* A reading of electricity, with the offsets of its run. */
struct row {
	int64_t ts;
	uint32_t shows, known;		  /* bits of series */
	int64_t shown[ELECTRIC_SERIES];	  /* by the meter */
	int64_t counter[ELECTRIC_SERIES]; /* continuous */
};

/* SQL for the rows and the runs of a line; ?2 is an added meter. */
struct line_sql {
	const char *rows, *runs;
};
static const struct line_sql house_sql = {
	"electricity WHERE",
	"channel = 0 AND medium = 'electricity'",
};
static const struct line_sql added_sql = {
	"other_electricity WHERE meter = ?2 AND",
	"channel < 0 AND meter = ?2",
};

static int open_row(struct stmt *s, sqlite3 *db, const char *rows,
		    enum beside at, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT ts");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(
			sql, ", %s",
			quantities[series_registers[i].total].column);
	sqlite3_str_appendf(sql, " FROM %s ts %s LIMIT 1", rows,
			    at == BEFORE ? "<= ?1 ORDER BY ts DESC"
					 : ">= ?1 ORDER BY ts");
	return stmt_open_text(s, db, sql, e);
}

static int open_run(struct stmt *s, sqlite3 *db, const char *runs,
		    struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT first_ts");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", %s_offset", series[i].column);
	sqlite3_str_appendf(sql,
			    " FROM installation WHERE %s AND first_ts <= ?1 "
			    "ORDER BY first_ts DESC LIMIT 1",
			    runs);
	return stmt_open_text(s, db, sql, e);
}

static int open_line(struct interpolation_line *l, sqlite3 *db,
		     const struct line_sql *sql, struct err *e)
{
	int rc = 0;

	for (enum beside at = BEFORE; rc == 0 && at <= AFTER; at++)
		rc = open_row(&l->row[at], db, sql->rows, at, e);
	return rc == 0 ? open_run(&l->run, db, sql->runs, e) : rc;
}

/* A total that the meter does not show is the sum of its tariffs. */
static void add_offsets(struct row *r, const int64_t *offset)
{
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		r->counter[s] = r->shown[s] + offset[s];
		for (int i = 1; i <= series_registers[s].parts; i++)
			if (!(r->shows >> s & 1))
				r->counter[s] += r->shown[s + i];
	}
}

/*
 * Read the columns from 1 on; bit i of *known says that column i is not NULL.
 */
static void read_columns(struct stmt *s, int64_t *value, uint32_t *known)
{
	for (int i = 0; i < ELECTRIC_SERIES; i++) {
		value[i] = stmt_int(s, 1 + i);
		*known |= (uint32_t)!stmt_is_null(s, 1 + i) << i;
	}
}

/* Step to the row of a meter, 0 the house's, at t. */
static int seek(struct stmt *s, int64_t meter, int64_t t, struct err *e)
{
	stmt_bind(s, 1, t);
	if (meter != 0)
		stmt_bind(s, 2, meter);
	return stmt_next(s, e);
}

/*
 * Find a reading of the house's meter (0) or an added one. Returns 1, 0 without
 * a reading, or a negative code.
 */
static int find_row(struct interpolation_line *l, enum beside at, int64_t meter,
		    int64_t t, struct row *r, struct err *e)
{
	int64_t offset[ELECTRIC_SERIES] = { 0 };
	int rc = seek(&l->row[at], meter, t, e);

	if (rc <= 0)
		return rc;
	*r = (struct row){ .ts = stmt_time(&l->row[at], 0) };
	read_columns(&l->row[at], r->shown, &r->shows);
	stmt_reset(&l->row[at]);
	rc = seek(&l->run, meter, r->ts, e);
	if (rc < 0)
		return rc;
	if (rc > 0)
		read_columns(&l->run, offset, &r->known);
	stmt_reset(&l->run);
	add_offsets(r, offset);
	return 1;
}

/*
 * Add the counters of a meter. If neither row shows a total, it is the sum of
 * its rounded tariffs.
 */
static void interpolate(const struct row *a, const struct row *b,
			struct counter_point *out)
{
	const uint32_t have = a->known & b->known;
	int64_t step[ELECTRIC_SERIES];

	for (int s = 0; s < ELECTRIC_SERIES; s++)
		step[s] = have >> s & 1 ? interpolation_share(
						  b->counter[s] - a->counter[s],
						  out->t, a->ts, b->ts)
					: 0;
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		int64_t sum = 0;

		for (int i = 1; i <= series_registers[s].parts; i++)
			sum += step[s + i];
		if (series_registers[s].parts > 0 &&
		    !((a->shows | b->shows) >> s & 1))
			step[s] = sum;
		if (have >> s & 1)
			out->counter[s] += a->counter[s] + step[s];
	}
	out->have |= have;
}

/* Where an instant lies among the readings of the meters of a medium. */
struct around {
	int64_t gap_s; /* the widest of a meter that has readings on both sides;
			  -1 if none has */
	int64_t ended, starts; /* end of those before, start of those after */
};

static const struct around nowhere = { -1, INT64_MIN, INT64_MAX };

/* A time is NULL if the meter has no reading on that side. */
static void look_around(struct around *around, const int64_t *before,
			const int64_t *after)
{
	const bool both = before != NULL && after != NULL;

	if (both && *after - *before > around->gap_s)
		around->gap_s = *after - *before;
	if (!both && before != NULL && *before > around->ended)
		around->ended = *before;
	if (!both && after != NULL && *after < around->starts)
		around->starts = *after;
}

/* Between the last reading of one meter and the first of the next is a gap. */
static int64_t gap_of(const struct around *a)
{
	if (a->gap_s >= 0)
		return a->gap_s;
	return a->ended != INT64_MIN && a->starts != INT64_MAX
		       ? a->starts - a->ended
		       : 0;
}

/* Returns 1, 0 if the meter has no reading, or a negative code. */
static int add_electricity(struct interpolation_line *l, int64_t meter,
			   struct around *around, struct counter_point *out,
			   struct err *e)
{
	struct row a, b;
	int before = find_row(l, BEFORE, meter, out->t, &a, e), after = 0;

	if (before > 0 && a.ts == out->t) {
		b = a;
		after = 1;
	} else if (before >= 0) {
		after = find_row(l, AFTER, meter, out->t, &b, e);
	}
	if (before < 0 || after < 0)
		return e->code;
	if (before + after == 0)
		return 0;
	interpolate(before ? &a : &b, after ? &b : &a, out);
	look_around(around, before ? &a.ts : NULL, after ? &b.ts : NULL);
	return 1;
}

static int open_electricity(struct interpolation *c, struct err *e)
{
	int rc = open_line(&c->house, c->db, &house_sql, e);

	if (rc == 0)
		rc = open_line(&c->added, c->db, &added_sql, e);
	return rc == 0 ? stmt_open(&c->adds, c->db,
				   "SELECT id FROM meter WHERE other < 0", e)
		       : rc;
}

static int electricity_at(struct interpolation *c, struct counter_point *out,
			  struct err *e)
{
	struct around around = nowhere;
	int any = 0;
	int rc = stmt_is_open(&c->adds) ? 0 : open_electricity(c, e);

	if (rc == 0)
		any = rc = add_electricity(&c->house, 0, &around, out, e);
	while (rc >= 0 && (rc = stmt_next(&c->adds, e)) > 0) {
		rc = add_electricity(&c->added, stmt_key(&c->adds, 0), &around,
				     out, e);
		any |= rc;
	}
	if (rc < 0)
		stmt_reset(&c->adds);
	out->gap_s = gap_of(&around);
	return rc < 0 ? rc : any;
}

/* An M-Bus meter's value, continued across its runs. */
struct value {
	int64_t ts, counter;
};

static int open_mbus(struct interpolation *c, struct err *e)
{
	static const char *const around[] = {
		[BEFORE] = "<= ?2 ORDER BY v.ts DESC",
		[AFTER] = ">= ?2 ORDER BY v.ts",
	};
	int rc = stmt_is_open(&c->meters)
			 ? 0
			 : stmt_open(&c->meters, c->db,
				     "SELECT id FROM meter WHERE medium = ?1 "
				     "AND unit = ?2 AND +other IS NULL",
				     e);

	for (int at = BEFORE; rc == 0 && at <= AFTER; at++) {
		sqlite3_str *sql;

		if (stmt_is_open(&c->value[at]))
			continue;
		sql = sqlite3_str_new(c->db);
		sqlite3_str_appendf(
			sql,
			"SELECT v.ts, v.value + (SELECT value_offset FROM "
			"installation WHERE meter = v.meter AND first_ts <= "
			"v.ts ORDER BY first_ts DESC LIMIT 1) FROM mbus AS v "
			"WHERE v.meter = ?1 AND v.ts %s LIMIT 1",
			around[at]);
		rc = stmt_open_text(&c->value[at], c->db, sql, e);
	}
	return rc;
}

static int find_value(struct interpolation *c, enum beside at, int64_t meter,
		      int64_t t, struct value *v, struct err *e)
{
	struct stmt *s = &c->value[at];
	int rc;

	stmt_bind(s, 1, meter);
	stmt_bind(s, 2, t);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	*v = (struct value){ stmt_time(s, 0), stmt_int(s, 1) };
	stmt_reset(s);
	return 1;
}

static int add_meter(struct interpolation *c, int64_t meter, int64_t t, int s,
		     struct around *around, struct counter_point *out,
		     struct err *e)
{
	struct value a, b;
	int before = find_value(c, BEFORE, meter, t, &a, e);
	int after = before < 0 ? before : find_value(c, AFTER, meter, t, &b, e);

	if (after < 0 || before + after == 0)
		return after;
	out->have |= UINT32_C(1) << s;
	out->counter[s] += before ? a.counter : b.counter;
	if (before && after)
		out->counter[s] += interpolation_share(b.counter - a.counter, t,
						       a.ts, b.ts);
	look_around(around, before ? &a.ts : NULL, after ? &b.ts : NULL);
	return 0;
}

static int mbus_at(struct interpolation *c, int s, int64_t t,
		   struct counter_point *out, struct err *e)
{
	struct around around = nowhere;
	int rc = open_mbus(c, e);

	if (rc < 0)
		return rc;
	stmt_bind_text(&c->meters, 1, span_of(medium_name(series[s].medium)));
	stmt_bind_text(&c->meters, 2, span_of(units[series[s].unit].suffix));
	while ((rc = stmt_next(&c->meters, e)) > 0)
		if (add_meter(c, stmt_key(&c->meters, 0), t, s, &around, out,
			      e) < 0) {
			stmt_reset(&c->meters);
			return e->code;
		}
	out->gap_s = gap_of(&around);
	return rc < 0 ? rc : out->have != 0;
}

int interpolation_at(struct interpolation *c, enum medium m, int64_t t,
		     struct counter_point *out, struct err *e)
{
	*out = (struct counter_point){ .t = t };
	if (m == MEDIUM_ELECTRICITY)
		return electricity_at(c, out, e);
	for (int s = ELECTRIC_SERIES; s < SERIES_COUNT; s++)
		if (series[s].medium == m)
			return mbus_at(c, s, t, out, e);
	return 0;
}

int interpolation_between(struct interpolation *c, enum medium m, int64_t from,
			  int64_t to, uint32_t *have,
			  int64_t amount[SERIES_COUNT], struct err *e)
{
	struct counter_point a, b;
	int rc = interpolation_at(c, m, from, &a, e);

	*have = 0;
	if (rc > 0)
		rc = interpolation_at(c, m, to, &b, e);
	if (rc <= 0)
		return rc;
	*have = a.have & b.have;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (*have >> s & 1)
			amount[s] = b.counter[s] - a.counter[s];
	return 1;
}
