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

#include "storage/gate_case.h"

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

/* false: nothing. */
bool gate_doubts(const struct gate *g, int meter, struct gate_doubt *d);

/* The commit was done: nothing waits, nothing is doubted. */
void gate_clear(struct gate *g);

/* The meter's readings in the database became others: ask anew. */
void gate_forget(struct gate *g, int meter);

/* The same of all meters, and of what was doubted of them. */
void gate_forget_all(struct gate *g);

#endif
