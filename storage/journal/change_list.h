/*
 * The change list: which media each commit changed, and the times of the
 * changed readings. Followers (RRD files, other databases) read it to catch up.
 */
#ifndef STORAGE_JOURNAL_CHANGE_LIST_H
#define STORAGE_JOURNAL_CHANGE_LIST_H

#include "storage/db/stmt.h"
#include "telegram/reading.h"

/* The name of the rows that say which counters changed. */
#define CHANGE_LIST_COUNTERS "counters"

/* What one commit changed in each medium. */
struct touched {
	int64_t min_ts[MEDIUM_COUNT],
		max_ts[MEDIUM_COUNT]; /* min > max: nothing */
	/*
	 * The instants strictly between these have other counters than before,
	 * since they lie between two readings or offsets changed; after >=
	 * before: none.
	 */
	int64_t counters_after, counters_before;
};

/*
 * change_list_begin starts an empty list; change_list_touch records that a
 * reading of `m` at `ts` (UTC) was written; change_list_counters that the
 * counters changed strictly between two instants, with INT64_MIN and INT64_MAX
 * as open ends.
 */
void change_list_begin(struct touched *t);
void change_list_touch(struct touched *t, enum medium m, int64_t ts);
void change_list_counters(struct touched *t, int64_t after, int64_t before);

enum { CHANGE_LIST_STATEMENTS = 4 };

struct change_list {
	struct stmt s[CHANGE_LIST_STATEMENTS];
	bool new_hour; /* the last row written is the first of an hour */
};

/*
 * Prepare the statements. Returns 0 or a negative code; close it in either
 * case.
 */
int change_list_open(struct change_list *c, sqlite3 *db, struct err *e);
void change_list_close(struct change_list *c); /* safe if zeroed */

/*
 * Write what was touched. `now` is the machine's time; `every_s` is how often a
 * service commits, 0 without a service. Returns 0 or a negative code.
 */
int change_list_write(struct change_list *c, const struct touched *t,
		      int64_t now, long every_s, struct err *e);

#endif
