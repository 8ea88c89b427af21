#include "storage/journal/validator.h"

#include "telegram/plausible_time.h"

int validator_open(struct validator *v, struct row_writer *w, struct pending *p,
		   struct err *e)
{
	v->limits = w->limits;
	v->electricity = judge_electricity(&w->limits);
	v->meters = &w->meters;
	v->pending = p;
	v->newest = INT64_MIN;
	v->before[0] = v->before[1] = -1;
	return identify_meter_open(&v->identity, &w->meters, &w->settle, w->db,
				   e);
}

void validator_close(struct validator *v)
{
	identify_meter_close(&v->identity);
}

void validator_forget_meters(struct validator *v)
{
	meters_forget_all(v->meters);
	v->identity.n = 0;
	pending_forget_meters(v->pending);
	v->before[0] = v->before[1] = -1;
}

/* One object of a reading: the electricity meter, channel 0, or an M-Bus meter. */
struct object {
	struct meter_key wanted;
	int channel;
	struct span identifier;
	struct judge_rates rates;
	struct judge_point point;
	enum time_source source;
};

static struct object object_of(const struct validator *v,
			       const struct reading *r, int channel)
{
	const struct mbus *b = &r->mbus[channel > 0 ? channel - 1 : 0];

	if (channel == 0)
		return (struct object){ .wanted = meters_wanted(),
					.identifier = r->meter,
					.rates = v->electricity,
					.point = judge_point_of(r),
					.source = r->source };
	return (struct object){
		.wanted = meters_wanted_mbus(b),
		.channel = channel,
		.identifier = b->meter,
		.rates = judge_mbus(&v->limits, b->medium, b->unit),
		.point = judge_point_of_mbus(b),
		.source =
			r->source == TIME_IMPORTED ? TIME_IMPORTED : TIME_METER,
	};
}

/* Does the object exist, with a time? */
static bool is_there(const struct reading *r, int channel)
{
	const struct mbus *b = &r->mbus[channel > 0 ? channel - 1 : 0];

	if (channel == 0)
		return r->time.kind == TIMESTAMP_UTC;
	return b->channel != 0 && b->has_value && b->time.kind == TIMESTAMP_UTC;
}

static enum verdict judge_when(const struct validator *v,
			       const struct object *o,
			       const struct validator_now *now)
{
	const struct known_time clock = { now->utc, now->synchronised,
					  v->newest };

	if (!plausible_time(&clock, o->point.ts) ||
	    (o->source == TIME_UNSURE && o->point.ts < v->newest))
		return VERDICT_TIME;
	return now->unproven ? VERDICT_UNPROVEN : VERDICT_FITS;
}

/*
 * A reading with an impossible time does not show which meter was on which
 * channel.
 */
static int find_meter(struct validator *v, const struct object *o,
		      enum verdict why, struct err *e)
{
	struct judge_point p = o->point;

	if (why != VERDICT_FITS)
		p.ts = INT64_MIN;
	return identify_meter(&v->identity, &o->wanted, o->channel,
			      o->identifier, &o->rates, &p, e);
}

/*
 * Was the same reading just accepted, or can it follow those that were? m->row
 * receives what happens to an electricity reading. A reading after another
 * meter's always becomes a row; otherwise, what its meter counted meanwhile
 * would be lost.
 */
static bool is_accepted(const struct validator *v, int place,
			const struct object *o, struct pending_meters *m)
{
	const bool back =
		!m->other && v->before[0] >= 0 && v->before[0] != place;
	const bool thinned = o->channel == 0 && !back;
	struct meter *meter = &v->meters->list[place];
	bool row;

	if (!meter->head_known)
		return false;
	if (chain_head_has(&meter->head, &o->point))
		return true;
	if (!chain_head_accepts(&meter->head, &o->rates, &o->point))
		return false;
	row = chain_head_add(&meter->head, &o->point,
			     thinned ? v->pending->every.rows : 1);
	if (o->channel == 0) {
		m->row = row ? PENDING_NEW_ROW : PENDING_OLD_ROW;
		m->row_ts = meter->head.row.ts;
	}
	return true;
}

/*
 * Add the object's counters to the candidates, with everything that their row
 * would contain.
 */
static int add_candidate(struct validator *v, const struct object *o, int meter,
			 enum verdict why, const struct validator_now *now,
			 const struct reading *r, struct err *e)
{
	const bool ahead =
		o->point.ts > chain_head_newest(&v->meters->list[meter].head);
	struct held_reading d = { .ts = o->point.ts,
				  .channel = o->channel,
				  .source = o->source,
				  .why = why,
				  .weight = 1,
				  .seen_ts = now->utc,
				  .have = o->point.have,
				  .telegram = r->raw };

	memcpy(d.value, o->point.value, sizeof(o->point.value));
	if (o->channel == 0) {
		d.have = r->have & KIND_MASK;
		memcpy(d.value, r->value, sizeof(d.value));
	}
	return pending_add_candidate(v->pending, meter, &d, ahead, e);
}

/*
 * Returns 1 if it is accepted, 0 if it is held, or a negative code. *why is
 * VERDICT_FITS if only its counters are in doubt.
 */
static int judge(struct validator *v, const struct object *o,
		 const struct validator_now *now, const struct reading *r,
		 struct pending_meters *m, enum verdict *why, struct err *e)
{
	struct meter *meter;
	int i;

	*why = judge_when(v, o, now);
	i = find_meter(v, o, *why, e);
	if (i < 0)
		return i;
	*(o->channel == 0 ? &m->electricity : &m->channel[o->channel - 1]) = i;
	meter = &v->meters->list[i];
	if (*why == VERDICT_FITS &&
	    (o->point.have == 0 || is_accepted(v, i, o, m)))
		return 1;
	if (*why == VERDICT_FITS)
		chain_head_pass(&meter->head, o->point.ts);
	return add_candidate(v, o, i, *why, now, r, e);
}

/*
 * If the time is impossible or the reading unproven, nothing in it is useful.
 */
static void take_all_out(struct reading *r)
{
	r->have = 0;
	r->peaks = r->failures = 0;
	r->message = r->message_code = SPAN("");
	r->demand_peak_time.kind = TIMESTAMP_NONE;
	r->limiter_unit = SPAN("");
	r->time.kind = TIMESTAMP_NONE;
}

/* The rest of a telegram is still valid, unless its time is not. */
static void hold(struct reading *r, int channel, enum verdict why)
{
	r->held |= 1u << channel;
	if (channel > 0)
		r->mbus[channel - 1].has_value = false;
	else if (why != VERDICT_FITS)
		take_all_out(r);
	else
		r->have &= ~(uint64_t)((1u << JUDGE_REGISTERS) - 1);
}

static int judge_object(struct validator *v, struct reading *r, int channel,
			const struct validator_now *now,
			struct pending_meters *m, unsigned *unproven,
			struct err *e)
{
	struct object o;
	enum verdict why;
	int rc;

	if (!is_there(r, channel))
		return 0;
	o = object_of(v, r, channel);
	rc = judge(v, &o, now, r, m, &why, e);
	if (rc == 0)
		hold(r, channel, why);
	if (rc > 0 && judge_is_zero(&o.point))
		*unproven |= 1u << channel;
	if (rc > 0 && channel == 0 && r->have != 0 && !m->other &&
	    o.point.ts > v->newest)
		v->newest = o.point.ts;
	return rc;
}

static void note_turns(struct validator *v, struct pending_meters *m)
{
	if (m->electricity < 0 || m->electricity == v->before[0])
		return;
	m->turns = m->electricity == v->before[1];
	v->before[1] = v->before[0];
	v->before[0] = m->electricity;
}

/* Without an identifier it could just as well be the house's. */
static void leave_out_nameless(struct reading *r)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->mbus[i].meter.n == 0)
			r->mbus[i].has_value = false;
}

int validator_judge(struct validator *v, struct reading *r,
		    const struct validator_now *now, struct pending_meters *m,
		    unsigned *unproven, struct err *e)
{
	const struct meter_key wanted = meters_wanted();
	int rc;

	*m = (struct pending_meters){ .electricity = -1 };
	*unproven = 0;
	rc = meters_other(v->meters, &wanted, r->meter, &m->other, e);
	if (rc < 0)
		return rc;
	v->identity.other = m->other;
	if (m->other)
		leave_out_nameless(r);
	for (int i = 0; i < MBUS_CHANNELS; i++)
		m->channel[i] = -1;
	for (int i = 1; rc >= 0 && i <= MBUS_CHANNELS; i++)
		rc = judge_object(v, r, i, now, m, unproven, e);
	if (rc >= 0)
		rc = judge_object(v, r, 0, now, m, unproven, e);
	if (rc >= 0 && !m->other)
		note_turns(v, m);
	if (rc >= 0 && now->unproven)
		take_all_out(r);
	return rc < 0 ? rc : 0;
}
