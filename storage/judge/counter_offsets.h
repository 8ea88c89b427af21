/*
 * Counters that continue across a new meter, a roll-over and a reset: counter +
 * offset never falls. The offsets are derived only from the accepted readings,
 * in order of time, so they can always be derived again.
 *
 * A series is a register. The two totals are the register or, if a reading
 * lacks it, the sum of the tariffs. An M-Bus meter has series 0.
 *
 * Pure.
 */
#ifndef STORAGE_JUDGE_COUNTER_OFFSETS_H
#define STORAGE_JUDGE_COUNTER_OFFSETS_H

#include "storage/judge/can_follow.h"

/* Why a run of readings with the same offsets starts. */
enum run_start {
	RUN_GOES_ON, /* it does not */
	RUN_FIRST,   /* there was no reading before */
	RUN_METER,   /* another meter */
	RUN_FORM,    /* the same one shows other registers */
	RUN_ROLLED,  /* a counter passed its end */
	RUN_RESET,   /* a counter fell, and a person accepted that */
};

/* The state after the readings of one line. Zeroed before the first reading. */
struct counter_offsets {
	int64_t meter;	 /* meter of the newest reading */
	unsigned shows;	 /* registers of the newest reading */
	unsigned known;	 /* series that some reading has shown */
	unsigned summed; /* totals that were a sum of tariffs when last seen */
	unsigned own;	 /* totals whose own register this meter has shown */
	/* For each known series: */
	int64_t offset[JUDGE_REGISTERS];
	int64_t value[JUDGE_REGISTERS];	     /* as last shown */
	int64_t owner[JUDGE_REGISTERS];	     /* meter that last showed it */
	int64_t own_offset[JUDGE_REGISTERS]; /* for a total's own register */
};

/*
 * Add the next accepted reading, of `meter`, 1 or more; p->ts is ignored.
 * Returns whether a run starts with it, and why: the first of the reasons above
 * that applies, except that a fall takes precedence over other registers.
 */
enum run_start counter_offsets_add(struct counter_offsets *o, int64_t meter,
				   const struct judge_point *p);

/*
 * Continue from a reading when only its offsets are known, by series: *o
 * receives the state after it. Returns false if the state also depends on
 * earlier readings, because this one lacks a known series or the meter may have
 * shown another form before. `alone` says that it has not: its earlier
 * readings, if any, are from another meter's time.
 */
bool counter_offsets_resume(struct counter_offsets *o, int64_t meter,
			    const struct judge_point *p, unsigned known,
			    const int64_t *offset, bool alone);

/*
 * Returns the continuous counter of a known series in the newest reading that
 * shows it.
 */
static inline int64_t counter_offsets_counter(const struct counter_offsets *o,
					      int s)
{
	return o->value[s] + o->offset[s];
}

#endif
