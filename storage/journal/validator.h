/*
 * What becomes of a reading when it arrives: each of its objects, the counters of
 * the electricity meter together and each M-Bus value, is accepted at once where
 * it is behind all others of its meter and can follow them (judge/head.h). The
 * others are held until the next commit judges them; what cannot have that time
 * stays held.
 */
#ifndef STORAGE_JOURNAL_VALIDATOR_H
#define STORAGE_JOURNAL_VALIDATOR_H

#include "storage/journal/meter_lines.h"
#include "storage/journal/pending.h"
#include "storage/journal/row_writer.h"

struct validator {
	struct judge_limits limits;
	struct meters *meters; /* borrowed, as is `kept` */
	struct meter_lines lines;
	struct pending *kept;
	int before[2];	/* places of the house's last two electricity meters */
	int64_t newest; /* time of a reading that was accepted */
};

/* When a reading was taken, and what its stream says of it. */
struct validator_now {
	int64_t utc; /* of the machine */
	bool synchronised;
	bool unproven; /* it has no CRC, and its neighbours say otherwise */
};

/* 0 or a negative code; close it in either case, before `en`. */
int validator_open(struct validator *v, struct row_writer *en,
		   struct pending *k, struct err *e);
void validator_close(struct validator *v); /* also of a zeroed one */

/* No place in the list of meters is valid any more; nothing waits. */
void validator_forget_meters(struct validator *v);

/*
 * Judge *r. What is held goes to the doubts of `kept` and is no longer in *r;
 * r->held names it. *m gets the meters of what is left, *unproven the objects
 * whose meter has counted nothing yet (bit 0 electricity, bit n channel n). 0, or
 * ERR_FAILED when memory is short.
 */
int validator_judge(struct validator *v, struct reading *r,
		    const struct validator_now *now, struct pending_meters *m,
		    unsigned *unproven, struct err *e);

#endif
