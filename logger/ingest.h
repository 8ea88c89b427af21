/*
 * The path of a timestamped reading from its stream to the journal and the live
 * outputs: proof, for telegrams without a CRC, and judgement.
 */
#ifndef LOGGER_INGEST_H
#define LOGGER_INGEST_H

#include "forward/outputs.h"
#include "logger/choose_reading_time.h"
#include "logger/proof_without_crc.h"
#include "logger/store.h"

struct ingest {
	struct store *store;	 /* open */
	struct outputs *forward; /* NULL if none */
	const struct timestamper
		*timestamper; /* that set their times; NULL: from a file */
	struct proof proof;
	struct journal_now now; /* of the newest reading's second */
	int64_t taken;		/* readings so far, accepted or held */
};

void ingest_close(struct ingest *a); /* accepts a zeroed one */

/*
 * Take a reading whose times are UTC or none. Without a CRC it waits for the
 * next one; otherwise it goes to the journal, and its accepted parts are
 * forwarded. Returns 0 or a negative code.
 */
int ingest_reading(struct ingest *a, struct reading *r, struct err *e);

/* The stream ended: ingest a pending reading that nothing contradicts. */
int ingest_end(struct ingest *a, struct err *e);

#endif
