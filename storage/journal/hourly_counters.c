#include "storage/journal/hourly_counters.h"

enum { SLICE_S = 400 * 86400 }; /* time span of the boundaries in memory */

static const char *const sql[HOURLY_STATEMENTS] = {
#define BESIDE(kind, table, meter)                                             \
	[HOURLY_BEFORE + (int)(kind)] =                                        \
		"SELECT max(ts) FROM " table " WHERE " meter "ts < ?1",        \
			 [HOURLY_AFTER + (int)(kind)] =                        \
				 "SELECT min(ts) FROM " table " WHERE " meter  \
				 "ts > ?1"
	BESIDE(KIND_MBUS, "mbus", "meter = ?2 AND "),
	BESIDE(KIND_ELECTRICITY, "electricity", ""),
	BESIDE(KIND_OTHER, "other_electricity", "meter = ?2 AND "),
#undef BESIDE
	[HOURLY_ANY_BEFORE] =
		("SELECT min(ts) FROM (SELECT ifnull(max(ts), "
		 "-1000000000000000) AS ts FROM electricity WHERE ts < ?1 "
		 "UNION ALL SELECT ifnull((SELECT max(ts) FROM "
		 "other_electricity WHERE meter = id AND ts < ?1), "
		 "-1000000000000000) FROM meter WHERE other < 0 "
		 "UNION ALL SELECT (SELECT max(ts) FROM mbus "
		 "WHERE meter = id AND ts < ?1) FROM meter WHERE medium IN "
		 "('gas', 'water', 'warm_water', 'heat', 'cold'))"),
	[HOURLY_DROP] = "DELETE FROM counter_from WHERE ts = ?1",
	[HOURLY_DROP + 1] = "DELETE FROM counter_to WHERE ts = ?1",
	[HOURLY_ENDS] =
		("SELECT (SELECT min(ts) FROM counter_from) IS (SELECT "
		 "max(start_ts) FROM calendar_year WHERE start_ts <= ?1) AND "
		 "(SELECT max(ts) FROM counter_to) IS (SELECT min(end_ts) FROM "
		 "calendar_year WHERE end_ts > ?2)"),
	[HOURLY_VERSION] = "PRAGMA data_version",
};

int hourly_counters_open(struct hourly_counters *b, sqlite3 *db, struct err *e)
{
	int rc = hourly_compute_open(&b->source, db, e);

	b->read_version = -1;
	if (rc == 0)
		rc = series_extent_open(&b->extent_source, db, e);
	if (rc == 0)
		rc = stmt_open_all(b->s, db, sql, COUNT(sql), e);
	for (enum side side = 0; rc == 0 && side < SIDES; side++) {
		rc = hourly_row_open_write(&b->write[side], db, side, e);
		if (rc == 0)
			rc = hourly_row_open_list(&b->list[side], db, side, e);
	}
	return rc;
}

void hourly_counters_close(struct hourly_counters *b)
{
	hourly_compute_close(&b->source);
	series_extent_close(&b->extent_source);
	stmt_close_all(b->s, COUNT(b->s));
	stmt_close_all(b->write, COUNT(b->write));
	stmt_close_all(b->list, COUNT(b->list));
}

int hourly_counters_begin(struct hourly_counters *b, struct err *e)
{
	int64_t version;
	int rc = stmt_value(&b->s[HOURLY_VERSION], 0, &version, e);

	b->n = 0;
	b->all = false;
	b->written = (struct boundary_range){ INT64_MAX, INT64_MIN };
	if (rc < 0 || version == b->read_version)
		return rc;
	b->read_version = version;
	return series_extent_read(&b->extent, &b->extent_source, e);
}

void hourly_counters_forget(struct hourly_counters *b)
{
	b->read_version = -1;
}

void hourly_counters_touch(struct hourly_counters *b, enum kind k,
			   int64_t meter, int64_t ts)
{
	struct hourly_counters_change *c = b->changes;

	while (c < b->changes + b->n && (c->kind != k || c->meter != meter))
		c++;
	if (c == b->changes + b->n) {
		if (b->n == HOURLY_METERS) {
			b->all = true;
			return;
		}
		b->n++;
		*c = (struct hourly_counters_change){ k, meter, ts, ts };
	}
	if (ts < c->first)
		c->first = ts;
	if (ts > c->last)
		c->last = ts;
}

void hourly_counters_touch_all(struct hourly_counters *b)
{
	b->all = true;
}

static void widen(struct boundary_range *r, int64_t after, int64_t before)
{
	if (after < r->after)
		r->after = after;
	if (before > r->before)
		r->before = before;
}

/* A reading moves the boundaries between the readings beside it. */
static int widen_to_change(struct hourly_counters *b,
			   const struct hourly_counters_change *c,
			   struct boundary_range *r, struct err *e)
{
	struct stmt *s = &b->s[HOURLY_BEFORE + (int)c->kind];
	struct stmt *t = &b->s[HOURLY_AFTER + (int)c->kind];
	int64_t after, before;
	int rc;

	stmt_bind(s, 1, c->first);
	stmt_bind(t, 1, c->last);
	if (c->kind != KIND_ELECTRICITY) {
		stmt_bind(s, 2, c->meter);
		stmt_bind(t, 2, c->meter);
	}
	rc = stmt_value(s, INT64_MIN, &after, e);
	if (rc == 0)
		rc = stmt_value(t, INT64_MAX, &before, e);
	if (rc == 0)
		widen(r, after, before);
	return rc;
}

/*
 * Where offsets change, all later counters change. Before its first reading an
 * electricity counter is constant, so those before it change as well; an M-Bus
 * meter has counted nothing for the house before its first reading.
 */
static int widen_to_shift(struct hourly_counters *b, int64_t shifted,
			  struct boundary_range *r, struct err *e)
{
	struct stmt *s = &b->s[HOURLY_ANY_BEFORE];
	int64_t after;
	int rc;

	if (shifted == INT64_MAX)
		return 0;
	stmt_bind(s, 1, shifted);
	rc = stmt_value(s, INT64_MIN, &after, e);
	if (rc == 0)
		widen(r, after, INT64_MAX);
	return rc;
}

/* If a counter is now shown earlier or later, it is also known in between. */
static void widen_to_extent(const struct series_extent *was,
			    const struct series_extent *is,
			    struct boundary_range *r)
{
	for (int s = 0; s < SERIES_COUNT; s++) {
		const struct series_range *a = &was->of[s], *b = &is->of[s];

		if (a->first != b->first) {
			widen(r, a->first, a->first);
			widen(r, b->first, b->first);
		}
		if (a->last != b->last) {
			widen(r, a->last, a->last);
			widen(r, b->last, b->last);
		}
	}
}

/*
 * Find the boundary of a row of the list. Returns false if there is none: the
 * row must be deleted.
 */
static bool find_boundary(const struct hourly_counters *b, enum side side,
			  struct stmt *row, struct boundary_list *l, size_t *i)
{
	struct boundary *at, want, have;

	while (*i < l->n && l->at[*i].ts < stmt_key(row, 0))
		++*i;
	if (*i == l->n)
		return false;
	at = &l->at[*i];
	if (at->ts != stmt_key(row, 0) ||
	    !hourly_row_is_wanted(at, side, &b->extent))
		return false;
	want = hourly_row_of(at, side, &b->extent);
	have = hourly_row_read(row, side);
	at->is_stored = hourly_row_difference(&want, &have, side) == NULL;
	return true;
}

/*
 * Delete the rows that are no longer at a boundary, and find those that are
 * stored already.
 */
static int compare_side(struct hourly_counters *b, enum side side,
			const struct boundary_range *r, struct boundary_list *l,
			struct err *e)
{
	struct stmt *s = &b->list[side];
	struct stmt *drop = &b->s[HOURLY_DROP + (int)side];
	size_t i = 0;
	int rc;

	for (size_t k = 0; k < l->n; k++)
		l->at[k].is_stored = false;
	hourly_row_bind_range(s, r);
	while ((rc = stmt_next(s, e)) > 0) {
		if (find_boundary(b, side, s, l, &i))
			continue;
		stmt_bind(drop, 1, stmt_key(s, 0));
		if (stmt_run(drop, e) < 0) {
			stmt_reset(s);
			return e->code;
		}
	}
	return rc;
}

static int write_side(struct hourly_counters *b, enum side side,
		      const struct boundary_range *r, struct boundary_list *l,
		      struct err *e)
{
	int rc = compare_side(b, side, r, l, e);

	for (size_t i = 0; rc == 0 && i < l->n; i++) {
		const struct boundary row =
			hourly_row_of(&l->at[i], side, &b->extent);

		if (!row.is_stored &&
		    hourly_row_is_wanted(&row, side, &b->extent))
			rc = hourly_row_write(&b->write[side], &row, side, e);
	}
	return rc;
}

static int write_slice(struct hourly_counters *b,
		       const struct boundary_range *r, struct err *e)
{
	struct boundary_list l = { 0 };
	int rc = hourly_compute_load(&l, &b->source, r, &b->extent, e);

	for (enum side side = 0; rc == 0 && side < SIDES; side++)
		rc = write_side(b, side, r, &l, e);
	boundary_list_free(&l);
	return rc;
}

/*
 * Write a range in slices: decades do not fit in the memory of a small machine.
 */
static int write_range(struct hourly_counters *b,
		       const struct boundary_range *r, struct err *e)
{
	const struct series_range *all = &b->extent.all;
	struct boundary_range slice = *r;
	int64_t end = r->after > all->first ? r->after : all->first;
	int rc;

	widen(&b->written, r->after, r->before);
	do {
		bool more = end < all->last && end < r->before;

		end = more ? end + SLICE_S : r->before;
		slice.before = end < r->before ? end : r->before;
		rc = write_slice(b, &slice, e);
		slice.after = slice.before - 1;
	} while (rc == 0 && slice.before < r->before);
	return rc;
}

int hourly_counters_exist(struct hourly_counters *b, bool *exist, struct err *e)
{
	const struct series_range *all = &b->extent.all;
	struct stmt *s = &b->s[HOURLY_ENDS];
	int64_t there = 0;
	int rc;

	if (all->first <= all->last) {
		stmt_bind(s, 1, all->first);
		stmt_bind(s, 2, all->last);
	}
	rc = stmt_value(s, 0, &there, e);
	*exist = there != 0;
	return rc < 0 ? rc : 0;
}

int hourly_counters_rebuild(struct hourly_counters *b, struct err *e)
{
	const struct boundary_range all = { INT64_MIN, INT64_MAX };
	int rc = series_extent_read(&b->extent, &b->extent_source, e);

	return rc == 0 ? write_range(b, &all, e) : rc;
}

/*
 * Do all new readings just continue the newest run of the only meter? (A meter
 * that becomes added gets a run.)
 */
static bool goes_on(const struct hourly_counters *b, int64_t shifted)
{
	for (int i = 0; i < b->n; i++)
		if (b->changes[i].kind == KIND_ELECTRICITY &&
		    b->changes[i].first < b->extent.newest_run)
			return false;
	return shifted == INT64_MAX && !b->extent.adds;
}

int hourly_counters_write(struct hourly_counters *b, int64_t shifted,
			  struct err *e)
{
	struct boundary_range r = { INT64_MAX, INT64_MIN };
	const struct series_extent was = b->extent;
	int rc = 0;

	if (b->n == 0 && !b->all && shifted == INT64_MAX)
		return 0;
	if (b->all)
		return hourly_counters_rebuild(b, e);
	rc = goes_on(b, shifted)
		     ? series_extent_go_on(&b->extent, &b->extent_source, e)
		     : series_extent_read(&b->extent, &b->extent_source, e);
	for (int i = 0; rc == 0 && i < b->n; i++)
		rc = widen_to_change(b, &b->changes[i], &r, e);
	if (rc == 0)
		rc = widen_to_shift(b, shifted, &r, e);
	if (rc < 0)
		return rc;
	widen_to_extent(&was, &b->extent, &r);
	return write_range(b, &r, e);
}
