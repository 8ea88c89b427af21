#include "storage/gate_case.h"

enum { DAY = 86400 };

/* Is what was accepted at `at` nearer to ts than what is known? */
static bool is_nearer(const struct gate_state *s, int64_t at, int64_t ts)
{
	return at <= ts ? !s->has_before || at > s->before.ts
			: !s->has_after || at < s->after.ts;
}

static void take(struct gate_state *s, const struct judge_point *p, int64_t ts)
{
	bool before = p->ts <= ts;

	*(before ? &s->has_before : &s->has_after) = true;
	*(before ? &s->before : &s->after) = *p;
}

static void look_among_rows(const struct kept *k, const struct gate_case *c)
{
	for (size_t i = 0; i < k->row_count; i++) {
		const struct kept_row *r = &k->rows[i];

		if (is_nearer(c->state, r->ts, c->point.ts) &&
		    r->meter == c->meter && r->tables & KEPT_ELECTRICITY) {
			struct judge_point p = kept_point(r);

			take(c->state, &p, c->point.ts);
		}
	}
}

static void look_among_values(const struct kept *k, const struct gate_case *c)
{
	for (size_t i = 0; i < k->value_count; i++) {
		const struct kept_value *v = &k->values[i];

		if (is_nearer(c->state, v->ts, c->point.ts) &&
		    v->meter == c->meter) {
			struct judge_point p = { .ts = v->ts,
						 .have = 1,
						 .value = { v->value } };

			take(c->state, &p, c->point.ts);
		}
	}
}

static void look_among_waiting(const struct kept *k, const struct gate_case *c)
{
	if (c->object.electric)
		look_among_rows(k, c);
	else
		look_among_values(k, c);
}

/* Counters that begin anew in between cannot be compared. */
static int part(struct neighbours *near, struct gate_case *c, struct err *e)
{
	struct gate_state *s = c->state;
	int rc = 0;

	if (s->has_before && c->object.meter != 0)
		rc = neighbours_apart(near, &c->object, s->before.ts,
				      c->point.ts, e);
	s->has_before = s->has_before && rc == 0;
	if (rc >= 0 && s->has_after && c->object.meter != 0) {
		rc = neighbours_apart(near, &c->object, c->point.ts,
				      s->after.ts, e);
		s->apart = rc > 0;
	}
	return rc < 0 ? rc : 0;
}

static int load(struct neighbours *near, const struct gate_context *x,
		struct gate_case *c, struct err *e)
{
	struct gate_state *s = c->state;
	int before, after = 0;

	s->loaded = s->has_before = s->has_after = s->apart = false;
	if (meters_look(&x->enter->meters, c->meter, &c->object.meter, e) < 0)
		return e->code;
	before = neighbour_before(near, &c->object, c->point.ts, &s->before, e);
	if (before >= 0)
		after = neighbour_after(near, &c->object, c->point.ts,
					&s->after, e);
	if (before < 0 || after < 0)
		return e->code;
	s->has_before = before > 0;
	s->has_after = after > 0;
	look_among_waiting(x->kept, c);
	s->loaded = true;
	return part(near, c, e);
}

static bool must_load(const struct gate_case *c)
{
	const struct gate_state *s = c->state;

	return !s->loaded || (s->has_before && c->point.ts < s->before.ts) ||
	       (s->has_after && c->point.ts >= s->after.ts);
}

int case_prepare(struct neighbours *near, const struct gate_context *x,
		 struct gate_case *c, struct err *e)
{
	return must_load(c) ? load(near, x, c, e) : 0;
}

/* It counts for the first time: what went before may be a dead channel. */
static bool rises(const struct gate_case *c)
{
	const struct gate_state *s = c->state;

	return s->has_before && s->before.ts < c->point.ts &&
	       judge_is_zero(&s->before) && !judge_is_zero(&c->point) &&
	       (c->verdict == VERDICT_FAST || c->point.ts - s->before.ts > DAY);
}

void case_decide(struct gate_case *c)
{
	struct gate_state *s = c->state;
	int where = 0;

	c->verdict = VERDICT_FITS;
	if (s->has_before)
		c->verdict =
			judge_step(&c->rates, &s->before, &c->point, &c->where);
	if (rises(c)) {
		s->doubt.rises = true;
		s->doubt.rise_ts = c->point.ts;
		c->verdict = VERDICT_FITS;
	}
	if (!verdict_is_good(c->verdict) || !s->has_after || s->apart)
		return;
	switch (judge_step(&c->rates, &c->point, &s->after, &where)) {
	case VERDICT_BACK: /* it is too high for what comes later */
		c->verdict = VERDICT_FAST;
		break;
	case VERDICT_FAST:
		c->verdict = VERDICT_BACK;
		break;
	case VERDICT_ROLLED:
		s->doubt.rolled = true;
		s->doubt.rolled_ts = s->after.ts;
		return;
	default:
		return;
	}
	c->where = where;
}

/* Registers that a reading lacks stay known from before. */
void case_accept(struct gate_case *c)
{
	struct gate_state *s = c->state;

	s->begins |= c->verdict == VERDICT_ROLLED;
	s->held = 0;
	s->has_before = true;
	s->before.ts = c->point.ts;
	s->before.have |= c->point.have;
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (c->point.have >> i & 1)
			s->before.value[i] = c->point.value[i];
}

void case_expect(const struct gate_case *c, struct held *h)
{
	const struct gate_state *s = c->state;
	unsigned bit = 1u << c->where;

	h->expected_min = INT64_MIN;
	h->expected_max = INT64_MAX;
	if (c->verdict == VERDICT_TIME) /* nobody looked around it */
		return;
	if (s->has_before && s->before.have & bit &&
	    s->before.ts <= c->point.ts) {
		h->expected_min = s->before.value[c->where];
		h->expected_max = judge_highest(&c->rates, &s->before, c->where,
						c->point.ts);
	}
	if (s->has_after && !s->apart && s->after.have & bit &&
	    s->after.value[c->where] < h->expected_max)
		h->expected_max = s->after.value[c->where];
}
