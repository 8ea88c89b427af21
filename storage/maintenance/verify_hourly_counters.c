#include "storage/maintenance/verify_hourly_counters.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utc.h"
#include "storage/journal/hourly_row.h"

enum { SENTENCE = 256 };

struct check {
	void (*wrong)(void *ctx, const char *what);
	void *ctx;
	enum side side;
};

static void say(const struct check *c, int64_t ts, const char *what)
{
	char sentence[SENTENCE], when[UTC_TEXT];

	snprintf(sentence, sizeof(sentence), "%s, %s: %s",
		 counter_tables[c->side], utc_format(when, ts), what);
	c->wrong(c->ctx, sentence);
}

static void say_difference(const struct check *c, const struct boundary *is,
			   const struct boundary *want)
{
	char what[SENTENCE];
	const char *column = hourly_row_difference(is, want, c->side);

	if (column == NULL)
		return;
	snprintf(what, sizeof(what), "%s does not follow from the readings",
		 column);
	say(c, want->ts, what);
}

/* The rows of one table, each read once, in order of time. */
struct row_statements {
	struct stmt stmt;
	bool more; /* `row` is valid */
	struct boundary row;
};

static int next(struct row_statements *r, enum side side, struct err *e)
{
	int rc = stmt_next(&r->stmt, e);

	r->more = rc > 0;
	if (r->more)
		r->row = hourly_row_read(&r->stmt, side);
	return rc < 0 ? rc : 0;
}

/* Report the rows before `ts`, which are not at a boundary. */
static int skip(const struct check *c, struct row_statements *r, int64_t ts,
		struct err *e)
{
	int rc = 0;

	while (rc == 0 && r->more && r->row.ts < ts) {
		say(c, r->row.ts,
		    "no hour, day, month or year starts or ends here");
		rc = next(r, c->side, e);
	}
	return rc;
}

static int compare(const struct check *c, struct row_statements *r,
		   const struct boundary_list *l,
		   const struct series_extent *extent, struct err *e)
{
	int rc = next(r, c->side, e);

	for (size_t i = 0; rc == 0 && i < l->n; i++) {
		const struct boundary want =
			hourly_row_of(&l->at[i], c->side, extent);

		if (!hourly_row_is_wanted(&want, c->side, extent))
			continue;
		rc = skip(c, r, want.ts, e);
		if (rc == 0 && r->more && r->row.ts == want.ts) {
			say_difference(c, &r->row, &want);
			rc = next(r, c->side, e);
		} else if (rc == 0) {
			say(c, want.ts, "the row is missing");
		}
	}
	return rc == 0 ? skip(c, r, INT64_MAX, e) : rc;
}

static int compare_side(const struct check *c, sqlite3 *db,
			const struct boundary_list *l,
			const struct series_extent *extent, struct err *e)
{
	const struct boundary_range all = { INT64_MIN, INT64_MAX };
	struct row_statements rows = { 0 };
	int rc = hourly_row_open_list(&rows.stmt, db, c->side, e);

	if (rc == 0) {
		hourly_row_bind_range(&rows.stmt, &all);
		rc = compare(c, &rows, l, extent, e);
	}
	stmt_close(&rows.stmt);
	return rc;
}

int verify_hourly_counters(sqlite3 *db,
			   void (*wrong)(void *ctx, const char *what),
			   void *ctx, struct err *e)
{
	const struct boundary_range all = { INT64_MIN, INT64_MAX };
	struct boundary_list l = { 0 };
	struct hourly_compute of = { 0 };
	struct series_extent_source source = { 0 };
	struct series_extent extent;
	int rc = series_extent_open(&source, db, e);

	if (rc == 0)
		rc = hourly_compute_open(&of, db, e);
	if (rc == 0)
		rc = series_extent_read(&extent, &source, e);
	if (rc == 0)
		rc = hourly_compute_load(&l, &of, &all, &extent, e);
	for (enum side side = 0; rc == 0 && side < SIDES; side++) {
		const struct check c = { wrong, ctx, side };

		rc = compare_side(&c, db, &l, &extent, e);
	}
	boundary_list_free(&l);
	hourly_compute_close(&of);
	series_extent_close(&source);
	return rc;
}
