/*
 * Counters that go on over a new meter, a roll-over and a reset: counter +
 * offset never falls. The offsets are derived from the accepted readings alone,
 * in order of time, so they can always be derived again.
 *
 * A series is a register, but for the two totals, which are the register or,
 * where a reading lacks it, the sum of the tariffs. An M-Bus meter has series 0.
 *
 * Pure.
 */
#ifndef STORAGE_JUDGE_CONTINUITY_H
#define STORAGE_JUDGE_CONTINUITY_H

#include "storage/judge/rules.h"

/* Why a run of readings with the same offsets begins. */
enum run_start {
	RUN_GOES_ON, /* it does not */
	RUN_FIRST,   /* no reading was before */
	RUN_METER,   /* another meter */
	RUN_FORM,    /* the same one shows other registers */
	RUN_ROLLED,  /* a counter went over its end */
	RUN_RESET,   /* a counter fell, and a person accepted that */
};

/* Where the readings of one place have got to. Zeroed: nothing was read yet. */
struct continuity {
	int64_t meter;	 /* of the newest reading */
	unsigned shows;	 /* registers of the newest reading */
	unsigned known;	 /* series that some reading has shown */
	unsigned summed; /* totals that were a sum of tariffs when seen last */
	unsigned own;	 /* totals whose own register this meter has shown */
	/* Of each known series: */
	int64_t offset[JUDGE_REGISTERS];
	int64_t value[JUDGE_REGISTERS];	     /* as shown last */
	int64_t owner[JUDGE_REGISTERS];	     /* meter that showed it last */
	int64_t own_offset[JUDGE_REGISTERS]; /* of a total's own register */
};

/*
 * Go on to the next accepted reading, of `meter`, 1 or more; p->ts is not
 * looked at. Says whether a run begins with it, and why: the first of the
 * reasons above that holds, but a fall counts for more than a form.
 */
enum run_start continuity_add(struct continuity *c, int64_t meter,
			      const struct judge_point *p);

/*
 * Go on from a reading when only its offsets are known, by series: *c gets the
 * state behind it. false: that depends on readings before it, since it lacks a
 * series of those that are known, or the meter showed another form; `alone`: the
 * meter showed nothing before it, but for another one's time.
 */
bool continuity_resume(struct continuity *c, int64_t meter,
		       const struct judge_point *p, unsigned known,
		       const int64_t *offset, bool alone);

/* The continuous counter of a known series at the newest reading that shows it. */
static inline int64_t continuity_counter(const struct continuity *c, int s)
{
	return c->value[s] + c->offset[s];
}

#endif
