#include "storage/gate.h"

#include <stdlib.h>

#include "storage/gate_case.h"

enum {
	STAMPS_TO_HEAL = 3,
	AHEAD_S = 3600, /* that a value may be of its telegram */
};

int gate_open(struct gate *g, sqlite3 *db, const struct judge_limits *l,
	      struct err *e)
{
	g->limits = *l;
	return neighbours_open(&g->near, db, e) < 0
		       ? e->code
		       : quarantine_open(&g->held, db, e);
}

void gate_close(struct gate *g)
{
	neighbours_close(&g->near);
	quarantine_close(&g->held);
	free(g->states);
	*g = (struct gate){ 0 };
}

static struct gate_state *state_of(struct gate *g, int meter, struct err *e)
{
	if (meter >= g->n) {
		int n = meter + 8;
		struct gate_state *more =
			realloc(g->states, (size_t)n * sizeof(*more));

		if (more == NULL) {
			err_set(e, ERR_FAILED, "out of memory");
			return NULL;
		}
		memset(more + g->n, 0, (size_t)(n - g->n) * sizeof(*more));
		g->states = more;
		g->n = n;
	}
	return &g->states[meter];
}

bool gate_doubts(const struct gate *g, int meter, struct gate_doubt *d)
{
	if (meter >= g->n)
		return false;
	*d = g->states[meter].doubt;
	return d->held || d->rises || d->rolled;
}

void gate_clear(struct gate *g)
{
	for (int i = 0; i < g->n; i++) {
		struct gate_doubt *d = &g->states[i].doubt;

		d->held = d->rises = d->rolled = false;
	}
	g->urgent = false;
	quarantine_clear(&g->held);
}

void gate_forget(struct gate *g, int meter)
{
	if (meter < g->n)
		g->states[meter].loaded = false;
}

void gate_forget_all(struct gate *g)
{
	if (g->n > 0)
		memset(g->states, 0, (size_t)g->n * sizeof(*g->states));
}

enum begin gate_begin(struct gate *g, int meter)
{
	struct gate_state *s = meter < g->n ? &g->states[meter] : NULL;
	bool begins = s != NULL && s->begins;

	if (begins)
		s->begins = false;
	return begins ? BEGIN_ROLLED : BEGIN_METER;
}

/*
 * When as many say so as may heal it, and again when these are twice as many,
 * it should be tried.
 */
static void note_held(struct gate *g, struct gate_case *c)
{
	struct gate_state *s = c->state;

	if (!s->doubt.held || c->point.ts < s->doubt.held_ts)
		s->doubt.held_ts = c->point.ts;
	s->doubt.held = true;
	if (s->held > 0 && s->held_ts == c->point.ts)
		return;
	s->held_ts = c->point.ts;
	s->held++;
	for (int64_t n = STAMPS_TO_HEAL; n <= s->held; n *= 2)
		g->urgent |= n == s->held;
}

static int hold(struct gate *g, const struct gate_context *x,
		struct gate_case *c, struct span telegram, struct err *e)
{
	struct held h = { .meter = c->meter,
			  .channel = c->channel,
			  .why = c->verdict,
			  .where = c->where,
			  .point = c->point,
			  .source = c->source,
			  .first_seen = x->clock.now };

	g->doubted++;
	g->why = c->verdict;
	case_expect(c, &h);
	if (c->verdict == VERDICT_BACK || c->verdict == VERDICT_FAST)
		note_held(g, c);
	g->urgent |= g->held.n >= QUARANTINE_MAX;
	return quarantine_hold(&g->held, &h, telegram, e);
}

/* 1 it may enter, 0 it is held, negative: out of memory. */
static int judge(struct gate *g, const struct gate_context *x,
		 struct gate_case *c, struct span telegram, struct err *e)
{
	c->state = state_of(g, c->meter, e);
	if (c->state == NULL)
		return e->code;
	c->state->doubt.electric = c->object.electric;
	c->where = judge_first(&c->point);
	c->verdict = VERDICT_TIME;
	if (!judge_time(&x->clock, c->point.ts) || c->point.ts > c->latest ||
	    (c->source == TIME_UNSURE && c->point.ts < x->clock.newest))
		return hold(g, x, c, telegram, e);
	/* That it cannot be asked now is no reason to lose it. */
	if (case_prepare(&g->near, x, c, e) < 0 && e->code == ERR_FAILED)
		return e->code;
	case_decide(c);
	if (!verdict_is_good(c->verdict))
		return hold(g, x, c, telegram, e);
	case_accept(c);
	g->urgent |= c->state->doubt.rolled;
	return 1;
}

static int case_of_reading(struct gate *g, const struct gate_context *x,
			   const struct reading *r, struct gate_case *c,
			   struct err *e)
{
	*c = (struct gate_case){ .object.electric = true,
				 .rates = judge_electricity(&g->limits),
				 .point = judge_point_of(r),
				 .latest = INT64_MAX,
				 .source = r->source };
	c->meter = meters_of_reading(&x->enter->meters, r, e);
	return c->meter < 0 ? c->meter : 0;
}

static int case_of_mbus(struct gate *g, const struct gate_context *x,
			const struct reading *r, const struct mbus *b,
			struct gate_case *c, struct err *e)
{
	bool timed = r->time.kind == STAMP_UTC;

	*c = (struct gate_case){
		.channel = b->channel,
		.rates = judge_mbus(&g->limits, b->medium, b->unit),
		.point = judge_point_of_mbus(b),
		.latest = timed ? r->time.utc + AHEAD_S : INT64_MAX
	};
	c->meter = meters_of_mbus(&x->enter->meters, b, e);
	return c->meter < 0 ? c->meter : 0;
}

/* Without a time that can be true, or a proof, nothing of it is of use. */
static void take_all_out(struct reading *r)
{
	r->have = 0;
	r->peaks = r->failures = 0;
	r->message = r->message_code = SPAN("");
	r->demand_peak_time.kind = STAMP_NONE;
	r->limiter_unit = SPAN("");
}

/* The rest of a telegram is as true as ever, unless its time is not. */
static void hold_electricity(struct reading *r, enum verdict why)
{
	r->held |= 1;
	if (why == VERDICT_TIME) {
		take_all_out(r);
		r->time.kind = STAMP_NONE;
	} else {
		r->have &= ~(uint64_t)((1u << JUDGE_REGISTERS) - 1);
	}
}

static void hold_channel(struct reading *r, struct mbus *b)
{
	r->held |= 1u << b->channel;
	b->has_value = false;
}

static int judge_electricity_of(struct gate *g, const struct gate_context *x,
				struct reading *r, unsigned *unproven,
				struct err *e)
{
	struct gate_case c;
	int rc;

	if (r->time.kind != STAMP_UTC || r->have == 0)
		return 0;
	if (case_of_reading(g, x, r, &c, e) < 0)
		return e->code;
	rc = judge(g, x, &c, r->raw, e);
	if (rc == 0)
		hold_electricity(r, c.verdict);
	if (rc > 0 && (c.point.have & 0x1f) != 0 && judge_is_zero(&c.point))
		*unproven |= 1;
	return rc < 0 ? rc : 0;
}

static int judge_mbus_of(struct gate *g, const struct gate_context *x,
			 struct reading *r, struct mbus *b, unsigned *unproven,
			 struct err *e)
{
	struct gate_case c;
	int rc;

	if (b->channel == 0 || !b->has_value || b->time.kind != STAMP_UTC)
		return 0;
	if (case_of_mbus(g, x, r, b, &c, e) < 0)
		return e->code;
	rc = judge(g, x, &c, r->raw, e);
	if (rc == 0)
		hold_channel(r, b);
	if (rc > 0 && judge_is_zero(&c.point))
		*unproven |= 1u << b->channel;
	return rc < 0 ? rc : 0;
}

static int hold_one(struct gate *g, const struct gate_context *x,
		    struct gate_case *c, enum verdict why, struct span telegram,
		    struct err *e)
{
	c->state = state_of(g, c->meter, e);
	if (c->state == NULL)
		return e->code;
	c->verdict = why;
	return hold(g, x, c, telegram, e);
}

int gate_hold(struct gate *g, const struct gate_context *x, struct reading *r,
	      enum verdict why, struct err *e)
{
	struct gate_case c;
	int rc = 0;

	if (r->time.kind == STAMP_UTC && judge_point_of(r).have != 0) {
		rc = case_of_reading(g, x, r, &c, e);
		if (rc == 0)
			rc = hold_one(g, x, &c, why, r->raw, e);
		r->held |= 1;
	}
	for (int i = 0; rc == 0 && i < MBUS_CHANNELS; i++) {
		struct mbus *b = &r->mbus[i];

		if (b->channel == 0 || !b->has_value ||
		    b->time.kind != STAMP_UTC)
			continue;
		rc = case_of_mbus(g, x, r, b, &c, e);
		if (rc == 0)
			rc = hold_one(g, x, &c, why, r->raw, e);
		hold_channel(r, b);
	}
	take_all_out(r);
	r->time.kind = STAMP_NONE;
	return rc;
}

int gate_judge(struct gate *g, const struct gate_context *x, struct reading *r,
	       unsigned *unproven, struct err *e)
{
	int rc = judge_electricity_of(g, x, r, unproven, e);

	for (int i = 0; rc == 0 && i < MBUS_CHANNELS; i++)
		rc = judge_mbus_of(g, x, r, &r->mbus[i], unproven, e);
	return rc;
}
