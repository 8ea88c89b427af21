#include "storage/cure.h"

#include <stdlib.h>

#include "base/clock.h"
#include "storage/db/list.h"
#include "storage/witness.h"

enum {
	FEWEST = 3,	    /* witnesses: held readings of different times */
	LONGEST_S = 86400,  /* what may be withdrawn, from first to last */
	FIRST_READINGS = 2, /* what may be withdrawn of a meter's begin */
};

/* Readings of the journal that are to go: from first to last, in time. */
struct block {
	int64_t n;
	struct judge_point first, last;
	bool bounded; /* a reading beyond it fits the witnesses */
	struct judge_point beyond;
};

int cure_open(struct cure *h, sqlite3 *db, struct err *e)
{
	int rc = stmt_open(&h->witnesses, db,
			   "SELECT " WITNESS_COLUMNS
			   " FROM quarantine WHERE meter = ?1 AND "
			   "rejected = 0 AND reason IN ('back', 'fast') "
			   "AND ts < ?2 "
			   "ORDER BY ts DESC, id DESC",
			   e);

	if (rc == 0)
		rc = stmt_open(&h->drop, db,
			       "DELETE FROM quarantine WHERE id = ?1", e);
	if (rc == 0)
		rc = stmt_open(&h->row_range, db,
			       "DELETE FROM electricity "
			       "WHERE ts >= ?2 AND ts <= ?3",
			       e);
	if (rc == 0)
		rc = stmt_open(&h->value_range, db,
			       "DELETE FROM mbus WHERE meter = ?1 "
			       "AND ts >= ?2 AND ts <= ?3",
			       e);
	return rc < 0 ? rc : revive_open(&h->revive, db, e);
}

void cure_close(struct cure *h)
{
	stmt_close(&h->witnesses);
	stmt_close(&h->drop);
	stmt_close(&h->row_range);
	stmt_close(&h->value_range);
	revive_close(&h->revive);
	free(h->list);
	*h = (struct cure){ 0 };
}

static int add(struct cure *h, const struct witness *w, struct err *e)
{
	struct witness *list =
		list_more(h->list, h->n, &h->room, sizeof(*list));

	if (list == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	h->list = list;
	list[h->n++] = *w;
	return 0;
}

/*
 * The same counters again, after other readings were accepted: a lie that comes
 * back (zeros), and not one that agrees with itself. 1, 0 or negative.
 */
static int is_refuted(struct patient *p, const struct witness *w, struct err *e)
{
	struct judge_point row;
	int rc = 0;

	if (w->last_ts > w->point.ts)
		rc = neighbour_after(&p->gate->near, &p->object, w->point.ts,
				     &row, e);
	return rc > 0 ? row.ts <= w->last_ts : rc;
}

/*
 * The newest held reading before *limit, and those before it that it can follow,
 * back to the last reading that was accepted: newest first. How many times of
 * the meter they are of, or negative. *limit is where the next ones end.
 */
static int64_t gather(struct cure *h, struct patient *p, int64_t *limit,
		      struct err *e)
{
	struct judge_point accepted;
	struct witness w;
	int64_t stamps = 0;
	int rc, after = 0;

	h->n = 0;
	stmt_bind(&h->witnesses, 1, p->object.meter);
	stmt_bind(&h->witnesses, 2, *limit);
	*limit = INT64_MIN;
	while ((rc = stmt_next(&h->witnesses, e)) > 0) {
		witness_read(&h->witnesses, &w);
		rc = is_refuted(p, &w, e);
		if (rc < 0)
			break;
		if (rc > 0)
			continue;
		if (h->n == 0)
			after = neighbour_before(&p->gate->near, &p->object,
						 w.point.ts, &accepted, e);
		if (after > 0)
			*limit = accepted.ts;
		if (after < 0 || (after > 0 && w.point.ts <= accepted.ts))
			break;
		if (w.point.have == 0 ||
		    (h->n > 0 &&
		     !patient_fits(p, &w.point, &h->list[h->n - 1].point)))
			continue;
		rc = add(h, &w, e);
		if (rc < 0)
			break;
		stamps += w.stamps;
	}
	stmt_reset(&h->witnesses);
	return rc < 0 || after < 0 ? e->code : stamps;
}

/*
 * Counters climb: when a reading of before all that may go contradicts the
 * witness too, none between will fit. 1, 0 or negative.
 */
static int is_hopeless(struct patient *p, const struct judge_point *witness,
		       struct err *e)
{
	struct judge_point row;
	int where, rc = neighbour_before(&p->gate->near, &p->object,
					 witness->ts - 1, &row, e);

	if (rc > 0)
		rc = neighbour_before(&p->gate->near, &p->object,
				      row.ts - LONGEST_S - 1, &row, e);
	return rc > 0 ? judge_step(&p->rates, &row, witness, &where) ==
				VERDICT_BACK
		      : rc;
}

/*
 * Go from the witnesses' first reading back (or from the last on) over
 * readings that contradict it, to one that fits. 1: *b is what may go.
 */
static int walk(struct patient *p, const struct judge_point *from,
		const struct judge_point *to, bool back, int64_t stamps,
		struct block *b, struct err *e)
{
	const struct judge_point *here = back ? from : to;
	int64_t at = here->ts;
	struct judge_point row;
	int rc, where;

	*b = (struct block){ 0 };
	while ((rc = back ? neighbour_before(&p->gate->near, &p->object, at - 1,
					     &row, e)
			  : neighbour_after(&p->gate->near, &p->object, at,
					    &row, e)) > 0) {
		enum verdict v =
			back ? judge_step(&p->rates, &row, here, &where)
			     : judge_step(&p->rates, here, &row, &where);

		at = row.ts;
		b->bounded = verdict_is_good(v);
		b->beyond = row;
		if (b->bounded)
			break;
		if (b->n == 0)
			b->first = b->last = row;
		*(back ? &b->first : &b->last) = row;
		b->n++;
		if (b->n >= stamps || b->last.ts - b->first.ts > LONGEST_S ||
		    (v != VERDICT_BACK && b->n > FIRST_READINGS))
			return 0;
	}
	if (rc < 0 || b->n == 0)
		return rc < 0 ? rc : 0;
	return b->bounded || b->n <= FIRST_READINGS || !back;
}

/* The step to what may go is what is wrong with it, not what it counted. */
static bool jumps(const struct block *b, const struct judge_point *witness)
{
	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		if ((b->first.have & witness->have & b->beyond.have &
		     1u << i) == 0)
			continue;
		if (witness->value[i] < b->last.value[i])
			return b->first.value[i] - b->beyond.value[i] >
			       b->last.value[i] - b->first.value[i];
	}
	return true;
}

/* Nothing lies between that begins the counters anew, on purpose. */
static int apart(struct patient *p, const struct block *b,
		 const struct judge_point *from, const struct judge_point *to,
		 struct err *e)
{
	int64_t low = b->first.ts < from->ts ? b->first.ts : from->ts;
	int64_t high = b->last.ts > to->ts ? b->last.ts : to->ts;

	if (b->bounded && b->beyond.ts < low)
		low = b->beyond.ts;
	return neighbours_apart(&p->gate->near, &p->object, low, high, e);
}

static int withdraw(struct cure *h, struct patient *p, const struct block *b,
		    enum verdict why, struct err *e)
{
	struct stmt *s = p->object.electric ? &h->row_range : &h->value_range;
	struct held gone = { .meter = p->meter,
			     .why = why,
			     .channel = p->object.electric ? 0 : 1,
			     .expected_min = INT64_MIN,
			     .expected_max = INT64_MAX,
			     .where = judge_first(&b->first),
			     .point = b->first,
			     .last_ts = b->last.ts,
			     .count = b->n,
			     .stamps = b->n };
	int rc;

	gone.first_seen = gone.last_seen = clock_utc(&clock_machine);
	if (h->n > 0) {
		gone.channel = h->list[0].channel;
		gone.expected_max = h->list[h->n - 1].point.value[gone.where];
	}
	rc = quarantine_add(&p->gate->held, &p->en->meters, &gone, e);
	if (rc < 0)
		return rc;
	stmt_bind(s, 1, p->object.meter);
	stmt_bind(s, 2, b->first.ts);
	stmt_bind(s, 3, b->last.ts);
	rc = stmt_run(s, e);
	if (rc < 0)
		return rc;
	p->en->p.added++;
	p->en->p.late = true;
	enter_touch(p->en, p->medium, b->first.ts);
	enter_touch(p->en, p->medium, b->last.ts);
	gate_forget(p->gate, p->meter);
	h->withdrawn = true;
	return install_repair(&p->en->installations, p->object.meter, e);
}

/* Whose a row is, is asked of the table, which is written last as a rule. */
static int save_runs(struct enter *en, struct err *e)
{
	struct installations *in = &en->installations;
	bool changed = in->changed;
	int rc = changed ? install_save(in, e) : 0;

	in->changed = changed;
	return rc;
}

/* They were right: let them in. */
static int believe(struct cure *h, struct patient *p, struct err *e)
{
	int rc = 0;

	for (size_t i = h->n; rc == 0 && i-- > 0;)
		rc = patient_believe(p, &h->list[i], &h->drop, e);
	return rc;
}

/* 1: *b may go for what the witnesses say, who are of so many times. */
static int find_outlier(const struct cure *h, struct patient *p, int64_t stamps,
			struct block *b, struct err *e)
{
	const struct judge_point *from = &h->list[h->n - 1].point;
	const struct judge_point *to = &h->list[0].point;
	int rc = is_hopeless(p, from, e);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = walk(p, from, to, true, stamps, b, e);
	if (rc == 0 && b->n == 0) /* it fits what is before */
		rc = walk(p, from, to, false, stamps, b, e);
	else if (rc > 0 && b->bounded && !jumps(b, from))
		rc = 0;
	if (rc > 0)
		rc = 1 - apart(p, b, from, to, e);
	return rc > 1 ? e->code : rc;
}

/* Each run of held readings that reaches to those held since `from`. */
static int cure_outliers(struct cure *h, struct patient *p, int64_t from,
			 struct err *e)
{
	int64_t limit = INT64_MAX;
	int rc = 0;

	while (rc >= 0 && limit > from) {
		struct block b = { 0 };
		int64_t stamps = gather(h, p, &limit, e);

		rc = stamps < 0 ? e->code : 0;
		if (stamps >= FEWEST)
			rc = find_outlier(h, p, stamps, &b, e);
		if (rc <= 0)
			continue;
		rc = withdraw(h, p, &b, VERDICT_OUTLIER, e);
		if (rc == 0)
			rc = believe(h, p, e);
		if (rc == 0)
			rc = save_runs(p->en, e);
	}
	return rc < 0 ? rc : 0;
}

/* All that the meter said before it rose, when it was nothing but zeros. */
static int cure_zeros(struct cure *h, struct patient *p, int64_t rise_ts,
		      struct err *e)
{
	struct block b = { 0 };
	struct judge_point row;
	int64_t at = rise_ts;
	int rc;

	h->n = 0;
	while ((rc = neighbour_before(&p->gate->near, &p->object, at - 1, &row,
				      e)) > 0) {
		if (!judge_is_zero(&row))
			return 0;
		if (b.n++ == 0)
			b.last = row;
		b.first = row;
		at = row.ts;
	}
	return rc < 0 || b.n == 0 ? rc : withdraw(h, p, &b, VERDICT_ZERO, e);
}

/* An older reading came, and the one that was known before went over its end. */
static int mark_rolled(struct patient *p, int64_t ts, struct err *e)
{
	struct judge_point row;
	int rc = neighbour_before(&p->gate->near, &p->object, ts, &row, e);

	if (rc <= 0 || row.ts != ts)
		return rc < 0 ? rc : 0;
	enter_touch(p->en, p->medium, ts);
	return install_mark_again(&p->en->installations, p->object.meter, ts,
				  BEGIN_ROLLED, e);
}

static int cure_one(struct cure *h, struct gate *g, struct enter *en, int meter,
		    const struct gate_doubt *d, struct err *e)
{
	struct patient p;
	int rc = patient_of(&p, g, en, meter, d->electric, e);

	h->withdrawn = false;
	if (rc == 0)
		rc = save_runs(en, e);
	if (rc == 0 && d->rolled)
		rc = mark_rolled(&p, d->rolled_ts, e);
	if (rc == 0 && d->rises)
		rc = cure_zeros(h, &p, d->rise_ts, e);
	if (rc == 0 && d->held)
		rc = cure_outliers(h, &p, d->held_ts, e);
	if (rc == 0 && h->withdrawn)
		rc = save_runs(en, e);
	if (rc == 0 && h->withdrawn)
		rc = revive_all(&h->revive, &p, &h->drop, e);
	return rc;
}

int cure_all(struct cure *h, struct gate *g, struct enter *en, struct err *e)
{
	struct gate_doubt d;
	int rc = 0;

	for (int i = 0; rc == 0 && i < g->n && i < en->meters.n; i++)
		if (gate_doubts(g, i, &d))
			rc = cure_one(h, g, en, i, &d, e);
	return rc;
}
