#include "logger/admit.h"

/* Bits of struct reading.have: the registers of the electricity meter. */
#define COUNTERS ((UINT64_C(1) << JUDGE_REGISTERS) - 1)

void admit_close(struct admit *a)
{
	proof_close(&a->proof);
}

/*
 * Send a judged reading on. What a meter says that has counted nothing yet may
 * come from a dead channel: its counters are left out like those that were held.
 */
static void send(const struct admit *a, const struct reading *r,
		 unsigned unproven)
{
	struct reading sent;

	if (a->forward == NULL || unproven == 0) {
		forward_reading(a->forward, r);
		return;
	}
	sent = *r;
	if (unproven & 1)
		sent.have &= ~COUNTERS;
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (unproven >> sent.mbus[i].channel & 1)
			sent.mbus[i].has_value = false;
	forward_reading(a->forward, &sent);
}

/* A machine that has just jumped is no judge of times. */
static struct judge_now now_of(const struct admit *a)
{
	struct judge_now now = keep_now(a->keep);

	if (a->stamper != NULL && a->stamper->jumped)
		now.synchronised = false;
	return now;
}

/* By how much the meter's clock differs from this machine's. */
static int note_skew(const struct admit *a, const struct reading *r,
		     const struct judge_now *now, struct err *e)
{
	if (a->stamper == NULL || !a->stamper->skewed ||
	    r->time.kind != STAMP_UTC)
		return 0;
	return journal_clock(a->keep->journal, r->time.utc, a->stamper->skew,
			     now->synchronised, e);
}

static int judge(struct admit *a, struct reading *r, struct err *e)
{
	const struct judge_now now = now_of(a);
	const bool counted = judge_point_of(r).have != 0;
	unsigned unproven;
	int rc = journal_judge(a->keep->journal, r, &now, &unproven, e);

	if (rc < 0)
		return rc;
	a->doubted = counted && judge_point_of(r).have == 0;
	send(a, r, unproven);
	a->held += rc == 0;
	a->put += rc > 0;
	if (rc == 0)
		return 0;
	rc = note_skew(a, r, &now, e);
	return rc < 0 ? rc : journal_put(a->keep->journal, r, e);
}

static int decide(struct admit *a, bool ended, struct err *e)
{
	const struct judge_limits *limits = &a->keep->o->limits;
	struct judge_now now;
	struct reading *r = NULL;
	int rc = 0;

	while (rc >= 0)
		switch (proof_next(&a->proof, limits, ended, &r)) {
		case PROOF_WAITS:
			return 0;
		case PROOF_GOOD:
			rc = judge(a, r, e);
			break;
		case PROOF_BAD:
			now = now_of(a);
			a->held++;
			rc = journal_hold(a->keep->journal, r, &now,
					  VERDICT_UNPROVEN, e);
			break;
		}
	return rc;
}

int admit_reading(struct admit *a, struct reading *r, struct err *e)
{
	if (r->crc != CRC_NONE)
		return judge(a, r, e);
	if (proof_add(&a->proof, r, e) < 0)
		return e->code;
	return decide(a, false, e);
}

int admit_end(struct admit *a, struct err *e)
{
	return decide(a, true, e);
}
