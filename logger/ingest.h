/*
 * The way of a stamped reading from its stream to the journal and to the live
 * outputs: proof, where its telegram has no CRC, and judgement.
 */
#ifndef LOGGER_INGEST_H
#define LOGGER_INGEST_H

#include "forward/forward.h"
#include "logger/proof.h"
#include "logger/store.h"
#include "logger/timestamp.h"

struct ingest {
	struct store *keep;	       /* open */
	struct forward *forward;       /* NULL: none */
	const struct stamper *stamper; /* that stamped them; NULL: a file's */
	struct proof proof;
	int64_t taken; /* readings so far, accepted or held */
};

void ingest_close(struct ingest *a); /* also of a zeroed one */

/*
 * Take a reading whose stamps are UTC or none. Without a CRC it waits for the
 * next one; else what may be true of it is put into the journal and forwarded.
 * 0 or a negative code.
 */
int ingest_reading(struct ingest *a, struct reading *r, struct err *e);

/* The stream ended: one that waits and is not contradicted is admitted. */
int ingest_end(struct ingest *a, struct err *e);

#endif
