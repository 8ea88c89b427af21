/*
 * One object on its way through the gate: the accepted readings of its meter
 * around it, and what they say of it.
 */
#ifndef STORAGE_GATE_CASE_H
#define STORAGE_GATE_CASE_H

#include "storage/enter.h"
#include "storage/neighbours.h"
#include "storage/quarantine.h"

/* What is judged with, besides the readings. */
struct gate_context {
	struct enter *enter;
	const struct kept *kept; /* accepted, not yet written */
	struct judge_clock clock;
};

/* What came of a meter's readings that the next commit must look into. */
struct gate_doubt {
	bool electric;
	bool held;	 /* some were held: may something heal? */
	int64_t held_ts; /* the first of these */
	bool rises;	 /* it counts for the first time since ... */
	int64_t rise_ts; /* ... before this */
	bool rolled;	 /* one that came after it is over the counter's end: */
	int64_t rolled_ts; /* of then, and known before */
};

/* What is known of a meter: the accepted readings around the last one judged. */
struct gate_state {
	bool loaded;
	bool has_before, has_after;
	struct judge_point before, after;
	bool apart;  /* the counters begin anew before `after` */
	bool begins; /* anew, with the next row that is kept */
	struct gate_doubt doubt;
	int64_t held_ts; /* of the last one held since one was accepted */
	int64_t held;	 /* different times among these */
};

/* One object on its way through the gate. */
struct gate_case {
	int meter, channel;
	struct object object;
	struct judge_rates rates;
	struct judge_point point;
	enum time_source source;
	int64_t latest; /* that its time may be */
	struct gate_state *state;
	enum verdict verdict;
	int where;
};

/* Find its neighbours, unless they are those of the last one. 0 or negative. */
int case_prepare(struct neighbours *near, const struct gate_context *x,
		 struct gate_case *c, struct err *e);

/* c->verdict and c->where. */
void case_decide(struct gate_case *c);

/* It is what the next one is judged against. */
void case_accept(struct gate_case *c);

/* What would have fitted, for those who look at it later. */
void case_expect(const struct gate_case *c, struct held *h);

#endif
