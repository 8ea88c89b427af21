/* Hold the readings that are not accepted at once, then judge them. */
#include "base/utc.h"
#include "storage/journal/row_writer.h"

enum {
	FOLD_ROWS = 1000, /* already held; from then on one row an hour */
	FOLD_S = HOUR_S,
};

/* The readings of one meter to be judged. */
struct judged_meter {
	int meter; /* index in struct meters */
	struct judge_rows_meter as;
	int64_t first, last;	     /* range that is searched */
	struct chain_reading newest; /* newest held one; .held is 0 if there is
					none */
	long interval;		     /* in which readings share rows */
	bool many;		     /* many are held, so few of them become
					rows */
	struct judge_point floor;    /* below it they are not searched */
};

/*
 * Find the newest accepted reading, if the meter shows all registers at once.
 */
static const struct judge_point *newest_of(const struct row_writer *w,
					   const struct judged_meter *d)
{
	const struct meter *m = &w->meters.list[d->meter];

	return m->head_known && m->head.n == 1 ? &m->head.form[0] : NULL;
}

/* At a meter's first reading, load what its readings are compared with. */
static int look(struct row_writer *w, struct judged_meter *d,
		const struct pending_candidate *first, struct err *e)
{
	const enum kind k =
		row_writer_kind(w, first->meter, first->reading.channel);
	const struct judge_point *newest;
	int64_t behind = 0;
	int rc;

	*d = (struct judged_meter){ .meter = first->meter,
				    .first = INT64_MAX,
				    .last = INT64_MIN };
	rc = row_writer_meter(w, d->meter, k, first->reading.seen_ts, &d->as,
			      e);
	if (rc == 0)
		rc = meter_readings_held(&w->settle.readings[k], d->as.id,
					 &d->newest, FOLD_ROWS, &behind, e);
	d->many = behind >= FOLD_ROWS;
	d->interval = d->many ? FOLD_S : k != KIND_MBUS ? w->every.rows : 1;
	newest = newest_of(w, d);
	if (rc == 0 && newest != NULL && first->reading.ts > newest->ts)
		rc = judge_rows_floor(&w->settle, &d->as, first->reading.ts,
				      &d->floor, e);
	return rc < 0 ? rc : 0;
}

/* Does a reading continue the newest held one within the same interval? */
static bool goes_on(const struct judged_meter *d, const struct judge_point *p)
{
	const struct judge_point *newest = &d->newest.point;

	return d->newest.held != 0 && p->ts > newest->ts &&
	       chain_head_same_interval(newest->ts, p->ts, d->interval) &&
	       p->have == newest->have &&
	       judge_can_follow(&d->as.rates, newest, p, ~0u);
}

/*
 * Add a held row, with the reason if a counter fell. Returns 1, 0 if the row
 * exists, or a negative code.
 */
static int add_row(struct row_writer *w, struct judged_meter *to,
		   const struct held_reading *r, const struct held_reason *fell,
		   struct err *e)
{
	struct held_rows *held = &w->settle.held[to->as.kind];
	int64_t id = 0;
	int rc = held_rows_add(held, r, &id, e);

	if (rc <= 0)
		return rc;
	w->p.held[to->as.kind]++;
	if (r->why != VERDICT_FITS)
		return 1;
	if (to->newest.held == 0 || r->ts > to->newest.point.ts) {
		to->newest.point = held_rows_point(r);
		to->newest.held = id;
	}
	if (fell->why == VERDICT_BACK)
		rc = held_rows_explain(held, id, fell, e);
	return rc < 0 ? rc : 1;
}

/* Returns why a reading is held without a search; VERDICT_FITS if it is not. */
static struct held_reason fell_below(const struct row_writer *w,
				     const struct judged_meter *d,
				     const struct judge_point *p)
{
	const struct judge_point *newest = newest_of(w, d);
	struct held_reason why = { VERDICT_FITS, 0, INT64_MIN, INT64_MAX };
	int where = newest != NULL ? judge_rows_fell(&d->floor, newest, p) : -1;

	if (where >= 0) {
		why.why = VERDICT_BACK;
		why.where = where;
		why.least = newest->value[where];
	}
	return why;
}

static int hold(struct row_writer *w, struct judged_meter *to,
		struct held_reading *r, struct err *e)
{
	const struct judge_point p = held_rows_point(r);
	const struct held_reason fell = fell_below(w, to, &p);
	const bool judged = r->why == VERDICT_FITS;
	const bool searched = judged && fell.why == VERDICT_FITS;
	int rc;

	r->meter = to->as.id;
	if (r->weight == 0)
		return 0;
	if (judged && (to->many || !searched) && goes_on(to, &p))
		rc = held_rows_fold(&w->settle.held[to->as.kind],
				    to->newest.held, r->weight, e);
	else
		rc = add_row(w, to, r, &fell, e);
	if (rc <= 0 || !searched)
		return rc;
	if (p.ts < to->first)
		to->first = p.ts;
	if (p.ts > to->last)
		to->last = p.ts;
	return 0;
}

int row_writer_candidates(struct row_writer *w, struct pending_candidate *list,
			  size_t n, struct err *e)
{
	int rc = 0;

	for (size_t i = 0, end; rc >= 0 && i < n; i = end) {
		struct judged_meter d;

		rc = look(w, &d, &list[i], e);
		for (end = i; rc >= 0 && end < n &&
			      pending_same_meter(&list[i], &list[end]);
		     end++)
			rc = hold(w, &d, &list[end].reading, e);
		if (rc >= 0 && d.first <= d.last)
			rc = row_writer_settle(w, d.meter, &d.as, d.first,
					       d.last, e);
	}
	return rc < 0 ? rc : 0;
}
