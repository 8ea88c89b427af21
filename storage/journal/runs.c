#include "storage/journal/runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storage/journal/run_offsets.h"

/* Does a run start at `row`, which follows `before`? */
static int starts_run(const struct run_line *l, const struct run_row *before,
		      const struct run_row *row, bool *starts, struct err *e)
{
	*starts = !run_rows_continue(l->kind, before, row);
	return *starts ? 0 : run_rows_replaced(l, before, row, starts, e);
}

/*
 * The range in which runs were searched: after the row before a change, up to
 * the row after it.
 */
struct found {
	int64_t after, upto;
	struct run_list starts; /* first_ts alone */
};

static int note_start(struct found *f, int64_t ts, struct err *e)
{
	const struct run run = { .first_ts = ts };

	return run_list_add(&f->starts, &run, e);
}

static int visit(const struct runs *r, const struct run_line *l,
		 const struct run_row *row, struct err *e)
{
	const struct runs_visitor *v = r->visitor;

	return v == NULL ? 0 : v->row(v->ctx, l->kind, row, e);
}

static int find_starts(const struct runs *r, const struct run_line *l,
		       const struct runs_changed *c, struct found *f,
		       struct err *e)
{
	struct run_row before, row;
	bool any = false;
	int rc;

	*f = (struct found){ INT64_MIN, INT64_MAX, { 0 } };
	run_rows_seek(l, c->first, c->last);
	for (; (rc = run_rows_next(l, &row, e)) > 0; before = row, any = true) {
		bool starts = !any && !l->apart;

		rc = visit(r, l, &row, e);
		if (row.point.ts < c->first)
			f->after = row.point.ts;
		else if (rc >= 0 && any && !l->apart)
			rc = starts_run(l, &before, &row, &starts, e);
		if (rc >= 0 && starts && row.point.ts >= c->first)
			rc = note_start(f, row.point.ts, e);
		if (row.point.ts > c->last)
			f->upto = row.point.ts;
		if (rc < 0) {
			stmt_reset(&l->t->line[l->kind].rows);
			return rc;
		}
	}
	return rc;
}

/* Keep runs that start after `after` and up to `upto`. */
static int keep(const struct run_list *was, int64_t after, int64_t upto,
		struct run_list *is, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < was->n; i++)
		if (was->runs[i].first_ts > after &&
		    was->runs[i].first_ts <= upto)
			rc = run_list_add(is, &was->runs[i], e);
	return rc;
}

/* Returns 1, 0 if no run starts or started there, or a negative code. */
static int is_changed(const struct run_line *l, const struct found *f,
		      struct err *e)
{
	struct run run;
	int rc;

	if (f->starts.n > 0)
		return 1;
	rc = runs_table_seek_back(l, f->upto, &run, e);
	stmt_reset(&l->t->line[l->kind].back);
	return rc <= 0 ? rc : run.first_ts > f->after;
}

/*
 * Derive the runs from *from on again. Returns 1, 0, a negative code, or
 * RUN_OFFSETS_WHOLE if earlier runs change as well.
 */
static int update_from(struct runs *r, const struct run_line *l,
		       const struct found *f, const struct run_resume *from,
		       struct err *e)
{
	struct run_list was = { 0 }, is = { 0 };
	int rc = runs_table_load(l, from->ts, &was, e);

	if (rc == 0 && !l->apart)
		rc = keep(&was, INT64_MIN, f->after, &is, e);
	for (size_t i = 0; rc == 0 && i < f->starts.n; i++)
		rc = run_list_add(&is, &f->starts.runs[i], e);
	if (rc == 0 && !l->apart)
		rc = keep(&was, f->upto, INT64_MAX, &is, e);
	if (rc == 0)
		rc = run_offsets_derive(l, from, &is, e);
	if (rc == 1)
		rc = runs_table_replace(l, &was, &is,
					r->visitor ? NULL : &r->shifted, e);
	free(was.runs);
	free(is.runs);
	return rc;
}

/* If no run started or starts there, no offset depends on the change. */
static int update(struct runs *r, const struct run_line *l,
		  const struct runs_changed *changed, struct err *e)
{
	static const struct run_resume whole = { .ts = INT64_MIN };
	struct found f = { INT64_MIN, INT64_MAX, { 0 } };
	struct run_resume from = whole;
	int rc = 0;

	if (!l->apart || r->visitor != NULL)
		rc = find_starts(r, l, changed, &f, e);
	if (rc == 0)
		rc = is_changed(l, &f, e);
	if (rc > 0 && !l->apart)
		rc = run_offsets_resume(l, f.after, &from, e) < 0 ? e->code : 1;
	if (rc > 0)
		rc = update_from(r, l, &f, &from, e);
	if (rc == RUN_OFFSETS_WHOLE)
		rc = update_from(r, l, &f, &whole, e);
	free(f.starts.runs);
	return rc;
}

static struct run_line electricity(struct runs *r)
{
	return (struct run_line){ .t = &r->table,
				  .kind = KIND_ELECTRICITY,
				  .medium = "electricity" };
}

static int update_electricity(struct runs *r, const struct runs_changed *c,
			      struct err *e)
{
	const struct run_line l = electricity(r);

	return update(r, &l, c, e);
}

/* Update the meters that a statement names. */
static int update_lines(struct runs *r, enum kind k, struct stmt *s,
			const struct runs_changed *c, struct err *e)
{
	int changed = 0, rc;

	while ((rc = stmt_next(s, e)) > 0) {
		struct run_line l = { .t = &r->table,
				      .kind = k,
				      .meter = stmt_key(s, 0),
				      .several = stmt_int(s, 2) != 0,
				      .apart = stmt_key(s, 3) > 0 };

		snprintf(l.medium, MEDIUM_TEXT, "%s", stmt_string(s, 1));
		rc = update(r, &l, c, e);
		if (rc < 0) {
			stmt_reset(s);
			return rc;
		}
		changed |= rc;
	}
	return rc < 0 ? rc : changed;
}

static int update_changed(struct runs *r, const struct runs_changed *c,
			  struct err *e)
{
	struct stmt *lines = &r->table.s[RUNS_LINES],
		    *added = &r->table.s[RUNS_ADDED];

	if (c->meter != 0) {
		stmt_bind(added, 1, c->meter);
		return update_lines(r, KIND_OTHER, added, c, e);
	}
	if (c->medium[0] == '\0')
		return update_electricity(r, c, e);
	stmt_bind_text(lines, 1, span_of(c->medium));
	return update_lines(r, KIND_MBUS, lines, c, e);
}

int runs_open(struct runs *r, sqlite3 *db, struct err *e)
{
	*r = (struct runs){ 0 };
	runs_begin(r);
	return runs_table_open(&r->table, db, e);
}

void runs_close(struct runs *r)
{
	runs_table_close(&r->table);
}

void runs_begin(struct runs *r)
{
	r->n = 0;
	r->all = false;
	r->shifted = INT64_MAX;
	r->newest_known = false;
}

int runs_know_newest(struct runs *r, struct err *e)
{
	const struct run_line l = electricity(r);
	int rc;

	if (r->newest_known)
		return 0;
	run_rows_seek(&l, INT64_MAX, INT64_MAX);
	rc = run_rows_next(&l, &r->newest, e);
	if (rc == 0)
		r->newest = (struct run_row){ .point.ts = INT64_MIN };
	if (rc > 0)
		stmt_reset(&l.t->line[l.kind].rows);
	r->newest_known = rc >= 0;
	return rc < 0 ? rc : 0;
}

bool runs_continue(struct runs *r, const struct run_row *row)
{
	const struct run_row before = r->newest;

	if (!r->newest_known || row->point.ts <= before.point.ts)
		return false;
	r->newest = *row;
	return run_rows_continue(KIND_ELECTRICITY, &before, row);
}

void runs_touch(struct runs *r, const char *medium, int64_t meter, int64_t ts)
{
	struct runs_changed *c = r->changes;

	if (*medium == '\0' && meter == 0)
		r->newest_known = false;
	while (c < r->changes + r->n &&
	       (c->meter != meter || strcmp(c->medium, medium) != 0))
		c++;
	if (c == r->changes + RUNS_CHANGES) {
		r->all = true;
		return;
	}
	if (c == r->changes + r->n) {
		*c = (struct runs_changed){ "", meter, ts, ts };
		snprintf(c->medium, MEDIUM_TEXT, "%s", medium);
		r->n++;
	}
	if (ts < c->first)
		c->first = ts;
	if (ts > c->last)
		c->last = ts;
}

int runs_write(struct runs *r, struct err *e)
{
	int changed = 0, rc = 0;

	if (r->all)
		return runs_derive_all(r, e);
	for (int i = 0; rc >= 0 && i < r->n; i++) {
		rc = update_changed(r, &r->changes[i], e);
		changed |= rc > 0;
	}
	return rc < 0 ? rc : changed;
}

int runs_derive_all(struct runs *r, struct err *e)
{
	static const struct runs_changed any = { .first = INT64_MIN,
						 .last = INT64_MAX };

	int changed = update_electricity(r, &any, e);
	int rc = changed;

	if (rc >= 0)
		rc = update_lines(r, KIND_OTHER, &r->table.s[RUNS_ALL_ADDED],
				  &any, e);
	changed |= rc;
	if (rc >= 0)
		rc = update_lines(r, KIND_MBUS, &r->table.s[RUNS_ALL], &any, e);
	return rc < 0 ? rc : changed | rc;
}

int runs_verify(struct runs *r, const struct runs_visitor *v, bool *differ,
		struct err *e)
{
	int rc;

	r->visitor = v;
	rc = runs_derive_all(r, e);
	r->visitor = NULL;
	*differ = rc > 0;
	return rc < 0 ? rc : 0;
}
