#include "storage/journal/run_offsets.h"

/*
 * Read the row at `ts` and the one before it. Returns 2; 1 if none is before
 * it; 0 if none is at `ts`; or a negative code.
 */
static int read_start(const struct run_line *l, int64_t ts,
		      struct run_row *before, struct run_row *row,
		      struct err *e)
{
	int n = 1, rc;

	run_rows_seek(l, ts, ts);
	while ((rc = run_rows_next(l, row, e)) > 0 && row->point.ts < ts) {
		*before = *row;
		n = 2;
	}
	stmt_reset(&l->t->line[l->kind].rows);
	return rc <= 0 ? rc : row->point.ts == ts ? n : 0;
}

/* Returns the value of a series in a row; 0 if the row does not show it. */
static int64_t shown(const struct judge_point *p, int s)
{
	int64_t value = p->value[s];

	if (s == Q_IMPORT_TOTAL || s == Q_EXPORT_TOTAL)
		judge_total(p, (enum quantity)s, &value);
	return value;
}

/*
 * Set the offsets of run k from its first row. A series that no earlier run
 * shows was constant until then.
 */
static void set_offsets(struct run *runs, size_t k,
			const struct counter_offsets *o,
			const struct judge_point *p)
{
	unsigned before = k > 0 ? runs[k - 1].known : 0;

	runs[k].known = o->known;
	for (int s = 0; s < ELECTRIC_SERIES; s++) {
		int64_t counter = counter_offsets_counter(o, s);

		if ((o->known >> s & 1) == 0)
			continue;
		runs[k].offset[s] = counter - shown(p, s);
		for (size_t i = 0; i < k && (before >> s & 1) == 0; i++) {
			runs[i].offset[s] = counter;
			runs[i].known |= 1u << s;
		}
	}
}

/* State of the derivation. */
struct derived_so_far {
	struct counter_offsets offsets;
	int64_t stay; /* number of the M-Bus meter's stay on its channel */
};

/*
 * Returns 1; 0 if the run has no rows, so the table was wrong; or a negative
 * code.
 */
static int add_run(const struct run_line *l, struct derived_so_far *d,
		   struct run *run, struct run_row *row, struct err *e)
{
	struct run_row before;
	int n = read_start(l, run->first_ts, &before, row, e);
	bool back = false;

	if (n > 1 && run_rows_replaced(l, &before, row, &back, e) < 0)
		return e->code;
	if (n <= 0)
		return n;
	if (n > 1)
		counter_offsets_add(&d->offsets,
				    l->kind == KIND_MBUS ? d->stay
							 : before.meter,
				    &before.point);
	d->stay += back;
	run->begins = counter_offsets_add(
		&d->offsets, l->kind == KIND_MBUS ? d->stay : row->meter,
		&row->point);
	if (run->begins != RUN_ROLLED && run->begins != RUN_RESET)
		run->begins = RUN_GOES_ON;
	run->meter = row->meter;
	run->channel = row->channel;
	return 1;
}

int run_offsets_derive(const struct run_line *l, const struct run_resume *from,
		       struct run_list *list, struct err *e)
{
	const bool resumed = from->ts != INT64_MIN;
	struct derived_so_far d = { .stay = 1 };
	size_t n = resumed ? 1 : 0;

	if (resumed)
		d.offsets = from->offsets;
	for (size_t k = n; k < list->n; k++) {
		struct run run = { .first_ts = list->runs[k].first_ts };
		struct run_row row;
		int rc = add_run(l, &d, &run, &row, e);

		if (rc < 0)
			return rc;
		if (rc == 0)
			continue;
		if (resumed &&
		    (d.offsets.known & ~list->runs[n - 1].known) != 0)
			return RUN_OFFSETS_WHOLE;
		list->runs[n] = run;
		set_offsets(list->runs, n++, &d.offsets, &row.point);
	}
	list->n = n;
	return 1;
}

/*
 * Returns 1 if the offsets after a run follow from it and its first row; 0 or a
 * negative code.
 */
static int can_resume(const struct run_line *l, const struct run *run,
		      bool alone, struct run_resume *from, struct err *e)
{
	const bool mbus = l->kind == KIND_MBUS;
	struct run_row before, row;
	int rc = read_start(l, run->first_ts, &before, &row, e);

	if (rc <= 0 || !counter_offsets_resume(
			       &from->offsets, mbus ? 1 : row.meter, &row.point,
			       run->known, run->offset, mbus || alone))
		return rc < 0 ? rc : 0;
	from->ts = run->first_ts;
	return 1;
}

int run_offsets_resume(const struct run_line *l, int64_t ts,
		       struct run_resume *from, struct err *e)
{
	struct run run, older;
	int rc = runs_table_seek_back(l, ts, &run, e);

	from->ts = INT64_MIN;
	while (rc > 0 && (rc = runs_table_back(l, &older, e)) > 0) {
		rc = can_resume(l, &run, older.meter != run.meter, from, e);
		if (rc != 0) /* the very first one starts from nothing */
			break;
		run = older;
		rc = 1;
	}
	stmt_reset(&l->t->line[l->kind].back);
	return rc < 0 ? rc : 0;
}
