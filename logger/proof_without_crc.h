/*
 * Verify telegrams without a CRC (DSMR 2.2 and 3.0): one is accepted if the
 * next one agrees, so that a damaged digit leaves no trace. If two disagree,
 * the third decides which was damaged.
 */
#ifndef LOGGER_PROOF_WITHOUT_CRC_H
#define LOGGER_PROOF_WITHOUT_CRC_H

#include <stdbool.h>

#include "base/err.h"
#include "storage/judge/can_follow.h"
#include "telegram/reading.h"

enum { PROOF_SLOTS = 3 };

struct proof {
	struct proof_slot *slot[PROOF_SLOTS]; /* n of them, oldest first */
	int n;
	bool disagrees; /* the last one disagrees with the one before */
};

enum proof_answer {
	PROOF_WAITS, /* for the next telegram */
	PROOF_GOOD,  /* *r is verified */
	PROOF_BAD,   /* *r disagrees with its neighbours */
};

void proof_close(struct proof *p); /* accepts a zeroed one */

/* Add the next telegram of a stream (copied). ERR_FAILED if out of memory. */
int proof_add(struct proof *p, const struct reading *r, struct err *e);

/*
 * Get the next decision, until PROOF_WAITS. *r is valid until the next call.
 * `ended` says that no more telegrams will come: the last one is then good
 * unless another contradicts it.
 */
enum proof_answer proof_next(struct proof *p, const struct judge_limits *l,
			     bool ended, struct reading **r);

#endif
