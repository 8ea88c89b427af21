/*
 * Proof of telegrams without a CRC (DSMR 2.2 and 3.0): one is accepted when the
 * one after it agrees, so that a damaged digit leaves no trace. Of two that
 * disagree the third says which was damaged.
 */
#ifndef LOGGER_PROOF_H
#define LOGGER_PROOF_H

#include <stdbool.h>

#include "base/err.h"
#include "storage/judge/rules.h"
#include "telegram/reading.h"

enum { PROOF_SLOTS = 3 };

struct proof {
	struct proof_slot *slot[PROOF_SLOTS]; /* the first n; oldest first */
	int n;
	bool doubted; /* the last one, by the one before it */
};

enum proof_answer {
	PROOF_WAITS, /* for the telegram after it */
	PROOF_GOOD,  /* *r is proven */
	PROOF_BAD,   /* *r disagrees with those around it */
};

void proof_close(struct proof *p); /* also of a zeroed one */

/* The next telegram of a stream; copied. ERR_FAILED: out of memory. */
int proof_add(struct proof *p, const struct reading *r, struct err *e);

/*
 * What is decided: call it until PROOF_WAITS. *r lives until the next call. With
 * `ended` nothing comes any more: a last one that nobody contradicts is good.
 */
enum proof_answer proof_next(struct proof *p, const struct judge_limits *l,
			     bool ended, struct reading **r);

#endif
