#include "storage/judge/judge_rows.h"
#include "storage/judge/roll_over.h"

int judge_rows_open(struct judge_rows *s, sqlite3 *db,
		    const struct meter_changes *changes, struct err *e)
{
	int rc = 0;

	*s = (struct judge_rows){ 0 };
	for (int k = 0; rc == 0 && k < KINDS; k++) {
		rc = meter_readings_open(&s->readings[k], db, (enum kind)k, e);
		s->readings[k].stretches.changes = *changes;
		if (rc == 0)
			rc = held_rows_open(&s->held[k], db, (enum kind)k, e);
	}
	return rc;
}

void judge_rows_close(struct judge_rows *s)
{
	for (int k = 0; k < KINDS; k++) {
		meter_readings_close(&s->readings[k]);
		held_rows_close(&s->held[k]);
	}
	window_free(&s->window);
}

static enum verdict verdict_before(enum verdict v)
{
	return v == VERDICT_BACK   ? VERDICT_FAST /* too high for later ones */
	       : v == VERDICT_FAST ? VERDICT_BACK
				   : v;
}

/*
 * Find why reading `p` is not accepted between the accepted readings before and
 * after it; either may be NULL.
 */
static struct held_reason reason_of(const struct judge_rates *r,
				    const struct judge_point *before,
				    const struct judge_point *p,
				    const struct judge_point *after)
{
	struct held_reason why = { VERDICT_FITS, judge_first(p), INT64_MIN,
				   INT64_MAX };
	unsigned bit;

	if (before != NULL)
		why.why = judge_step(r, before, p, &why.where);
	if (verdict_is_good(why.why) && after != NULL)
		why.why = verdict_before(judge_step(r, p, after, &why.where));
	if (before == NULL && judge_is_zero(p))
		why.why = VERDICT_ZERO;
	else if (verdict_is_good(why.why))
		why.why = VERDICT_OUTLIER;
	bit = 1u << why.where;
	if (before != NULL && before->have & bit) {
		why.least = before->value[why.where];
		why.most = judge_highest(r, before, why.where, p->ts);
	}
	if (after != NULL && after->have & bit &&
	    after->value[why.where] < why.most)
		why.most = after->value[why.where];
	return why;
}

/*
 * Find the accepted reading nearest to i in direction `way`. Returns NULL if
 * there is none.
 */
static const struct judge_point *chosen_beside(const struct window *w, size_t i,
					       enum way way)
{
	size_t step = way == WAY_BACK ? (size_t)-1 : 1;

	for (i += step; i < w->n; i += step)
		if (w->list[i].chosen)
			return &w->list[i].point;
	return NULL;
}

static int explain(struct judge_rows *s, const struct judge_rows_meter *m,
		   size_t i, int64_t id, struct err *e)
{
	const struct window *w = &s->window;
	const struct held_reason why =
		reason_of(&m->rates, chosen_beside(w, i, WAY_BACK),
			  &w->list[i].point, chosen_beside(w, i, WAY_FORWARD));

	return held_rows_explain(&s->held[m->kind], id, &why, e);
}

static void note(struct settled *out, int *count, int64_t ts)
{
	++*count;
	if (ts < out->min_ts)
		out->min_ts = ts;
	if (ts > out->max_ts)
		out->max_ts = ts;
}

static void note_other(struct settled *out, int64_t ts)
{
	out->accepted++;
	if (ts < out->other_first)
		out->other_first = ts;
	if (ts > out->other_last)
		out->other_last = ts;
}

static int withdraw(struct judge_rows *s, const struct judge_rows_meter *m,
		    struct settled *out, struct err *e)
{
	for (size_t i = 0; i < s->window.n; i++) {
		const struct chain_reading *one = &s->window.list[i];
		int64_t id = one->held;

		if (one->chosen || (one->held != 0 && !one->fresh))
			continue;
		if (one->held == 0) {
			if (held_rows_withdraw(&s->held[m->kind], m->id,
					       one->point.ts, m->now, &id,
					       e) < 0)
				return e->code;
			note(out, &out->withdrawn, one->point.ts);
		}
		if (explain(s, m, i, id, e) < 0)
			return e->code;
	}
	return 0;
}

static int accept(struct judge_rows *s, const struct judge_rows_meter *m,
		  struct settled *out, struct err *e)
{
	for (size_t i = 0; i < s->window.n; i++) {
		const struct chain_reading *one = &s->window.list[i];
		int rc;

		if (!one->chosen || one->held == 0)
			continue;
		rc = held_rows_accept(&s->held[m->kind], one->held, e);
		if (rc < 0)
			return rc;
		if (rc == HELD_ROWS_OTHER)
			note_other(out, one->point.ts);
		else if (rc > 0)
			note(out, &out->accepted, one->point.ts);
	}
	return 0;
}

int judge_rows_range(struct judge_rows *s, const struct judge_rows_meter *m,
		     int64_t first, int64_t last, struct settled *out,
		     struct err *e)
{
	const struct window_source source =
		meter_readings_of(&s->readings[m->kind], m->id);
	int rc = window_judge(&m->rates, &source, first, last, &s->window, e);

	*out = (struct settled){ .min_ts = INT64_MAX,
				 .max_ts = INT64_MIN,
				 .other_first = INT64_MAX,
				 .other_last = INT64_MIN };
	/*
	 * Two readings may have the same time: remove one before adding the
	 * other.
	 */
	if (rc == 0)
		rc = withdraw(s, m, out, e);
	return rc == 0 ? accept(s, m, out, e) : rc;
}

int judge_rows_floor(struct judge_rows *s, const struct judge_rows_meter *m,
		     int64_t first, struct judge_point *floor, struct err *e)
{
	struct meter_readings *r = &s->readings[m->kind];
	const struct window_source of = meter_readings_of(r, m->id);
	bool accepts;
	int64_t at;
	int rc = meter_readings_accepts(r, m->id, first, &accepts, e);

	if (rc < 0 || accepts)
		return rc;
	rc = window_end(&of, first, WAY_BACK, &at, e);
	return rc < 0 || at == INT64_MIN
		       ? rc
		       : meter_readings_at(r, m->id, at, floor, e);
}

int judge_rows_fell(const struct judge_point *floor,
		    const struct judge_point *newest,
		    const struct judge_point *p)
{
	unsigned all = floor->have & newest->have & p->have;

	for (int i = 0; all >> i; i++)
		if (all >> i & 1 && p->value[i] < floor->value[i] &&
		    floor->value[i] <= newest->value[i] &&
		    !roll_over_is_near(newest->value[i]))
			return i;
	return -1;
}
