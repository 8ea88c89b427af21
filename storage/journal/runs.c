#include "storage/journal/runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of an M-Bus meter is register 0. */
struct row {
	int64_t meter, channel;
	struct judge_point point;
};

/* Rows for next_row: from the one before `first` to the one after `last`. */
static void seek(const struct run_line *l, int64_t first, int64_t last)
{
	stmt_bind(&l->s->rows, 1, first);
	stmt_bind(&l->s->rows, 2, last);
	if (l->meter != 0)
		stmt_bind(&l->s->rows, 3, l->meter);
}

static int next_row(const struct run_line *l, struct row *row, struct err *e)
{
	struct stmt *s = &l->s->rows;
	int rc = stmt_next(s, e);

	if (rc <= 0)
		return rc;
	*row = (struct row){
		.point = kind_point(s, l->meter ? KIND_MBUS : KIND_ELECTRICITY,
				    stmt_key(s, 0), 3),
		.meter = stmt_key(s, 1),
		.channel = stmt_key(s, 2),
	};
	return 1;
}

/* Did another meter of the medium have its place between two rows? */
static int was_replaced(const struct run_line *l, const struct row *before,
			const struct row *row, struct err *e)
{
	struct stmt *s = &l->t->s[RUNS_BETWEEN];
	int64_t found = 0;
	int rc;

	if (!l->several)
		return 0;
	stmt_bind_text(s, 1, span_of(l->medium));
	stmt_bind(s, 2, l->meter);
	stmt_bind(s, 3, row->channel);
	stmt_bind(s, 4, before->point.ts);
	stmt_bind(s, 5, row->point.ts);
	rc = stmt_value(s, 0, &found, e);
	return rc < 0 ? rc : found != 0;
}

static int starts_run(const struct run_line *l, const struct row *before,
		      const struct row *row, struct err *e)
{
	const struct judge_point *a = &before->point, *b = &row->point;

	if (before->meter != row->meter || before->channel != row->channel ||
	    a->have != b->have)
		return 1;
	for (int i = 0; i < l->series; i++)
		if (b->value[i] < a->value[i])
			return 1;
	return was_replaced(l, before, row, e);
}

/* Runs that start behind `after` and up to `upto` stay as they were. */
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

/*
 * The runs, first_ts alone of those that start between the row before what changed
 * and the row behind it. 1, 0 when none starts or started there, or negative.
 */
static int find_starts(const struct run_line *l, const struct runs_changed *c,
		       const struct run_list *was, struct run_list *is,
		       struct err *e)
{
	int64_t after = INT64_MIN, upto = INT64_MAX;
	size_t starts = 0, kept;
	struct row before, row;
	bool any = false;
	int rc;

	seek(l, c->first, c->last);
	for (; (rc = next_row(l, &row, e)) > 0; before = row, any = true) {
		struct run run = { .first_ts = row.point.ts };

		if (row.point.ts < c->first) {
			after = row.point.ts;
			rc = keep(was, INT64_MIN, after, is, e);
		} else {
			rc = any ? starts_run(l, &before, &row, e) : 1;
			starts += rc > 0;
			if (rc > 0)
				rc = run_list_add(is, &run, e);
		}
		if (row.point.ts > c->last)
			upto = row.point.ts;
		if (rc < 0) {
			stmt_reset(&l->s->rows);
			return rc;
		}
	}
	if (rc == 0)
		rc = keep(was, upto, INT64_MAX, is, e);
	kept = is->n - starts;
	return rc < 0 ? rc : starts > 0 || kept < was->n;
}

/*
 * The row at `ts` and the one before it: 2; 1 when none is before it; 0 when
 * none is at `ts`; or negative.
 */
static int read_start(const struct run_line *l, int64_t ts, struct row *before,
		      struct row *row, struct err *e)
{
	int n = 1, rc;

	seek(l, ts, ts);
	while ((rc = next_row(l, row, e)) > 0 && row->point.ts < ts) {
		*before = *row;
		n = 2;
	}
	stmt_reset(&l->s->rows);
	return rc <= 0 ? rc : row->point.ts == ts ? n : 0;
}

/* What a row says of a series; what it does not show counts as 0. */
static int64_t shown(const struct judge_point *p, int s)
{
	int64_t value = p->value[s];

	if (s == Q_IMPORT_TOTAL || s == Q_EXPORT_TOTAL)
		judge_total(p, (enum quantity)s, &value);
	return value;
}

/*
 * Set the offsets of run k from its first row. A series that no run showed
 * before stood still until then.
 */
static void set_offsets(struct run *runs, size_t k, const struct continuity *c,
			const struct judge_point *p)
{
	unsigned before = k > 0 ? runs[k - 1].known : 0;

	runs[k].known = c->known;
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		int64_t counter = continuity_counter(c, s);

		if ((c->known >> s & 1) == 0)
			continue;
		runs[k].offset[s] = counter - shown(p, s);
		for (size_t i = 0; i < k && (before >> s & 1) == 0; i++) {
			runs[i].offset[s] = counter;
			runs[i].known |= 1u << s;
		}
	}
}

/*
 * Fill in runs whose first_ts is there. An M-Bus meter that comes back goes on
 * like another one: what it counted elsewhere is not the house's. 1 or negative.
 */
static int derive(const struct run_line *l, struct run_list *list,
		  struct err *e)
{
	struct continuity c = { 0 };
	int64_t stay = 1; /* of the M-Bus meter */
	size_t n = 0;

	for (size_t k = 0; k < list->n; k++) {
		struct run run = { .first_ts = list->runs[k].first_ts };
		struct row before, row;
		int rc = read_start(l, run.first_ts, &before, &row, e);
		int back = rc > 1 ? was_replaced(l, &before, &row, e) : 0;

		if (rc < 0 || back < 0)
			return rc < 0 ? rc : back;
		if (rc == 0)
			continue; /* the table was wrong: it has no rows */
		if (rc > 1)
			continuity_add(&c, l->meter ? stay : before.meter,
				       &before.point);
		stay += back;
		run.begins = continuity_add(&c, l->meter ? stay : row.meter,
					    &row.point);
		if (run.begins != RUN_ROLLED && run.begins != RUN_RESET)
			run.begins = RUN_GOES_ON;
		run.meter = row.meter;
		run.channel = row.channel;
		list->runs[n] = run;
		set_offsets(list->runs, n++, &c, &row.point);
	}
	list->n = n;
	return 1;
}

/* Where no run started or starts, no offset depends on what changed. */
static int update(struct runs *r, const struct run_line *l,
		  const struct runs_changed *c, struct err *e)
{
	struct run_list was = { 0 }, is = { 0 };
	int rc = runs_table_load(l, &was, e);

	if (rc == 0)
		rc = l->apart ? was.n > 0 : find_starts(l, c, &was, &is, e);
	if (rc > 0)
		rc = derive(l, &is, e);
	if (rc > 0)
		rc = runs_table_replace(l, &was, &is,
					r->only_looks ? NULL : &r->shifted, e);
	free(was.runs);
	free(is.runs);
	return rc;
}

static int update_electricity(struct runs *r, const struct runs_changed *c,
			      struct err *e)
{
	const struct run_line l = { .t = &r->table,
				    .s = &r->table.electricity,
				    .series = ELECTRIC_SERIES,
				    .medium = "electricity" };

	return update(r, &l, c, e);
}

/* The M-Bus meters that a statement names. */
static int update_lines(struct runs *r, struct stmt *s,
			const struct runs_changed *c, struct err *e)
{
	int changed = 0, rc;

	while ((rc = stmt_next(s, e)) > 0) {
		struct run_line l = { .t = &r->table,
				      .s = &r->table.mbus,
				      .series = 1,
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

static int update_medium(struct runs *r, const struct runs_changed *c,
			 struct err *e)
{
	struct stmt *s = &r->table.s[RUNS_LINES];

	if (c->medium[0] == '\0')
		return update_electricity(r, c, e);
	stmt_bind_text(s, 1, span_of(c->medium));
	return update_lines(r, s, c, e);
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
}

void runs_touch(struct runs *r, bool electric, const char *medium, int64_t ts)
{
	const char *name = electric ? "" : medium;
	struct runs_changed *c = r->media;

	while (c < r->media + r->n && strcmp(c->medium, name) != 0)
		c++;
	if (c == r->media + RUNS_MEDIA) {
		r->all = true;
		return;
	}
	if (c == r->media + r->n) {
		*c = (struct runs_changed){ .first = ts, .last = ts };
		snprintf(c->medium, MEDIUM_TEXT, "%s", name);
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
		rc = update_medium(r, &r->media[i], e);
		changed |= rc > 0;
	}
	return rc < 0 ? rc : changed;
}

int runs_derive_all(struct runs *r, struct err *e)
{
	static const struct runs_changed any = { .first = INT64_MIN,
						 .last = INT64_MAX };

	int changed = update_electricity(r, &any, e);
	int rc = changed < 0 ? changed
			     : update_lines(r, &r->table.s[RUNS_ALL], &any, e);

	return rc < 0 ? rc : changed | rc;
}

int runs_verify(struct runs *r, struct err *e)
{
	int rc;

	r->only_looks = true;
	rc = runs_derive_all(r, e);
	r->only_looks = false;
	return rc;
}
