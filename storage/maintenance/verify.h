/* Check a database against itself: its file, its counters, its views. */
#ifndef STORAGE_MAINTENANCE_VERIFY_H
#define STORAGE_MAINTENANCE_VERIFY_H

#include <stdint.h>

#include "base/err.h"
#include "storage/judge/can_follow.h"

/* Called with each problem: a sentence with table, time and values. */
struct verify {
	void (*say)(void *ctx, const char *sentence);
	void *ctx;
	struct judge_limits limits; /* what the connection can deliver */
	const char *timezone;	    /* of the settings; NULL accepts any zone */
	int64_t found; /* how many there were; the first hundred are reported */
	int64_t rows;  /* in all tables but meta; 0 for a damaged file */
	int64_t newest; /* UTC of the newest reading that a meter sent;
			   INT64_MIN if none */
};

/*
 * Only reads, even beside a service. Checks, in this order: the integrity of
 * the file (if it is damaged, nothing else is checked); that each accepted
 * reading can follow the earlier ones of its meter, by the judge's rule
 * (judge/can_follow.h); that runs and offsets match the readings; that every
 * number is one that a meter can send (journal/damaged_rows.h); that the
 * calendar is complete and for the right zone; that the counters at each
 * boundary match the readings. Returns 0 if the check could be done, with the
 * result in v->found, or a negative code as history_open does.
 */
int verify_database(const char *path, struct verify *v, struct err *e);

#endif
