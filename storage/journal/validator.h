/*
 * Judge a reading when it arrives. Each of its objects, the counters of the
 * electricity meter together and each M-Bus value, is accepted at once if it is
 * later than all others of its meter and can follow them (judge/chain_head.h).
 * The others are held until the next commit judges them; those with an
 * impossible time stay held.
 */
#ifndef STORAGE_JOURNAL_VALIDATOR_H
#define STORAGE_JOURNAL_VALIDATOR_H

#include "storage/journal/identify_meter.h"
#include "storage/journal/pending_commit.h"
#include "storage/journal/row_writer.h"

struct validator {
	struct judge_limits limits;
	struct judge_rates electricity;
	struct meters *meters; /* borrowed, like `pending` */
	struct identify_meter identity;
	struct pending *pending;
	int before[2];	/* indexes of the house's last two electricity meters */
	int64_t newest; /* time of a reading that was accepted */
};

/* When a reading was taken, and what its stream says about it. */
struct validator_now {
	int64_t utc; /* the machine's time */
	bool synchronised;
	bool unproven; /* it has no CRC, and its neighbours disagree */
};

/* Returns 0 or a negative code; close it in either case, before `w`. */
int validator_open(struct validator *v, struct row_writer *w, struct pending *p,
		   struct err *e);
void validator_close(struct validator *v); /* safe if zeroed */

/*
 * Forget the indexes of meters, which are no longer valid; nothing may be
 * pending.
 */
void validator_forget_meters(struct validator *v);

/*
 * Judge *r. Held objects are moved from *r to the candidates of `pending`;
 * r->held names them. *m receives the meters of the rest, *unproven the objects
 * whose meter has counted nothing yet (bit 0 electricity, bit n channel n).
 * Returns 0, or ERR_FAILED if out of memory.
 */
int validator_judge(struct validator *v, struct reading *r,
		    const struct validator_now *now, struct pending_meters *m,
		    unsigned *unproven, struct err *e);

#endif
