/*
 * The way of a stamped reading from its stream to the journal and to the live
 * outputs: proof, where its telegram has no CRC, and judgement.
 */
#ifndef LOGGER_ADMIT_H
#define LOGGER_ADMIT_H

#include "forward/forward.h"
#include "logger/keep.h"
#include "logger/proof.h"
#include "logger/stamp.h"

struct admit {
	struct keep *keep;	       /* open */
	struct forward *forward;       /* NULL: none */
	const struct stamper *stamper; /* that stamped them; NULL: a file's */
	struct proof proof;
	int64_t taken; /* readings so far, accepted or held */
};

void admit_close(struct admit *a); /* also of a zeroed one */

/*
 * Take a reading whose stamps are UTC or none. Without a CRC it waits for the
 * next one; else what may be true of it is put into the journal and forwarded.
 * 0 or a negative code.
 */
int admit_reading(struct admit *a, struct reading *r, struct err *e);

/* The stream ended: one that waits and is not contradicted is admitted. */
int admit_end(struct admit *a, struct err *e);

#endif
