#include "storage/judge/fall.h"

/* Do readings up to `highest` fall below `a` in a register, for good? */
static bool falls(const struct judge_point *a,
		  const struct judge_point *highest)
{
	if (judge_is_zero(a))
		return false;
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (a->have & highest->have & 1u << i &&
		    highest->value[i] < a->value[i] &&
		    !judge_near_end(a->value[i]))
			return true;
	return false;
}

static void start(struct fall *f, const struct judge_point *newest)
{
	*f = (struct fall){ .newest = *newest, .oldest = *newest };
	f->before_ts = newest->ts;
}

/*
 * Go back over accepted readings until they weigh `enough`. *more: there are
 * more that `highest` may not precede.
 */
static int go_back(struct fall *f, struct settle *s,
		   const struct settle_meter *m,
		   const struct judge_point *highest, int64_t enough,
		   bool *more, struct err *e)
{
	struct readings *of = &s->readings[m->kind];
	struct chain_reading one;
	int rc;

	*more = true;
	readings_back(of, m->id, f->before_ts);
	while ((rc = readings_next(of, &one, e)) > 0) {
		f->before_ts = one.point.ts;
		if (f->weight >= enough)
			break;
		if (one.point.have != f->newest.have ||
		    !falls(&one.point, highest)) {
			*more = false;
			break;
		}
		f->oldest = one.point;
		f->weight += one.weight;
	}
	if (rc == 0) {
		f->before_ts = INT64_MIN;
		*more = false;
	}
	readings_stop(of);
	return rc < 0 ? rc : 0;
}

int fall_is_outweighed(struct fall *f, struct settle *s,
		       const struct settle_meter *m,
		       const struct judge_point *newest,
		       const struct judge_point *highest, struct err *e)
{
	bool more = true;
	int rc = 0;

	if (f->newest.ts != newest->ts || f->newest.have != newest->have ||
	    !falls(&f->oldest, highest))
		start(f, newest);
	if (!falls(newest, highest))
		return 0;
	while (rc == 0) {
		int64_t count, weight;

		rc = held_after(&s->held[m->kind], m->id, f->before_ts, &count,
				&weight, e);
		if (rc == 0 && f->weight >= weight)
			return 1;
		if (rc == 0 && !more)
			return 0;
		if (rc == 0)
			rc = go_back(f, s, m, highest, 2 * weight, &more, e);
	}
	return rc;
}
