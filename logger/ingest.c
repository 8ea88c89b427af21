#include "logger/ingest.h"

/* Bits of struct reading.have: registers of the electricity meter. */
#define COUNTERS ((UINT64_C(1) << JUDGE_REGISTERS) - 1)

void ingest_close(struct ingest *a)
{
	proof_close(&a->proof);
}

/*
 * Forward a judged reading. Values of a meter that has counted nothing yet may
 * come from a dead channel: its counters are left out like held ones.
 */
static void send(const struct ingest *a, const struct reading *r,
		 unsigned unproven)
{
	struct reading sent;

	if (a->forward == NULL || unproven == 0) {
		outputs_reading(a->forward, r);
		return;
	}
	sent = *r;
	if (unproven & 1)
		sent.have &= ~COUNTERS;
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (unproven >> sent.mbus[i].channel & 1)
			sent.mbus[i].has_value = false;
	outputs_reading(a->forward, &sent);
}

/*
 * Right after a jump the machine's clock cannot judge times. Ask the kernel
 * only once per second whether that clock is synchronised: an import takes many
 * telegrams in a second.
 */
static struct journal_now now_of(struct ingest *a)
{
	const struct timestamper *s = a->timestamper;
	struct journal_now now;

	if (clock_utc(a->store->o->clock) != a->now.utc)
		a->now = store_now(a->store);
	now = a->now;
	if (s != NULL && s->jumped)
		now.synchronised = false;
	now.skewed = s != NULL && s->skewed;
	now.skew = now.skewed ? s->skew : 0;
	return now;
}

static int take(struct ingest *a, struct reading *r, bool unproven,
		struct err *e)
{
	struct journal_now now = now_of(a);
	struct journal_verdict v;

	now.unproven = unproven;
	if (journal_take(a->store->journal, r, &now, &v, e) < 0)
		return e->code;
	if (!unproven && v.other)
		outputs_telegram(a->forward, r);
	else if (!unproven)
		send(a, r, v.unproven);
	a->taken++;
	return 0;
}

static int decide(struct ingest *a, bool ended, struct err *e)
{
	const struct judge_limits *limits = &a->store->o->limits;
	struct reading *r = NULL;
	int rc = 0;

	while (rc >= 0)
		switch (proof_next(&a->proof, limits, ended, &r)) {
		case PROOF_WAITS:
			return 0;
		case PROOF_GOOD:
			rc = take(a, r, false, e);
			break;
		case PROOF_BAD:
			rc = take(a, r, true, e);
			break;
		}
	return rc;
}

int ingest_reading(struct ingest *a, struct reading *r, struct err *e)
{
	if (r->crc != CRC_NONE)
		return take(a, r, false, e);
	if (proof_add(&a->proof, r, e) < 0)
		return e->code;
	return decide(a, false, e);
}

int ingest_end(struct ingest *a, struct err *e)
{
	return decide(a, true, e);
}
