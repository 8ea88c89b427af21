/*
 * The gate of the journal: each object of a reading is judged against the
 * readings of its meter around it, in the order of time, whatever the order in
 * which they come; what may not be true is held (storage/quarantine.h) and taken out of
 * the reading.
 *
 * In order, all of this is a comparison in memory.
 */
#ifndef STORAGE_GATE_H
#define STORAGE_GATE_H

#include "storage/enter.h"
#include "storage/neighbours.h"
#include "storage/quarantine.h"

struct gate {
	struct judge_limits limits;
	struct neighbours near;
	struct quarantine held;
	struct gate_state *states; /* one for each of struct meters */
	int n;
	bool urgent;	  /* something may heal: commit soon */
	int64_t doubted;  /* objects that were held, since it was opened */
	enum verdict why; /* the last of them */
};

/* What is judged with, besides the readings. */
struct gate_context {
	struct enter *enter;
	const struct kept *kept; /* accepted, not yet written */
	struct judge_clock clock;
};

int gate_open(struct gate *g, sqlite3 *db, const struct judge_limits *l,
	      struct err *e);
void gate_close(struct gate *g); /* also of a zeroed one */

/*
 * Judge *r; what is held is no longer in it, see journal_judge. *unproven gets
 * the objects that have counted nothing yet (bit 0 electricity, bit n channel n).
 */
int gate_judge(struct gate *g, const struct gate_context *x, struct reading *r,
	       unsigned *unproven, struct err *e);

/* Hold a whole reading, for a reason found elsewhere; it is empty then. */
int gate_hold(struct gate *g, const struct gate_context *x, struct reading *r,
	      enum verdict why, struct err *e);

/*
 * The row that was just kept of this meter begins its counters anew: how; once.
 */
enum begin gate_begin(struct gate *g, int meter);

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

/* false: nothing. */
bool gate_doubts(const struct gate *g, int meter, struct gate_doubt *d);

/* The commit was done: nothing waits, nothing is doubted. */
void gate_clear(struct gate *g);

/* The meter's readings in the database became others: ask anew. */
void gate_forget(struct gate *g, int meter);

#endif
