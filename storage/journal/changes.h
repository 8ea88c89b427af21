/*
 * The change list: which media each commit changed, and the times of the
 * changed readings. Followers (RRD files, other databases) read it to catch up.
 */
#ifndef STORAGE_JOURNAL_CHANGES_H
#define STORAGE_JOURNAL_CHANGES_H

#include "storage/db/stmt.h"
#include "telegram/reading.h"

/* What one commit changed in each medium. */
struct touched {
	int64_t min_ts[MEDIUM_COUNT],
		max_ts[MEDIUM_COUNT]; /* min > max: nothing */
};

/*
 * changes_begin starts with nothing; changes_touch notes that a reading of `m`
 * at `ts` (UTC) was written.
 */
void changes_begin(struct touched *t);
void changes_touch(struct touched *t, enum medium m, int64_t ts);

enum { CHANGES_STATEMENTS = 4 };

struct changes {
	struct stmt s[CHANGES_STATEMENTS];
	bool new_hour; /* the last row written is the first of an hour */
};

/*
 * Prepare the statements. Returns 0 or a negative code; close it in either
 * case.
 */
int changes_open(struct changes *c, sqlite3 *db, struct err *e);
void changes_close(struct changes *c); /* safe if zeroed */

/*
 * Write what was touched. `now` is the machine's time; `every_s` is how often a
 * service commits, 0 without a service. Returns 0 or a negative code.
 */
int changes_write(struct changes *c, const struct touched *t, int64_t now,
		  long every_s, struct err *e);

#endif
