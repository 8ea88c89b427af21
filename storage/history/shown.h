/*
 * The first and last reading of each series: what was counted is known between
 * them, and unknown before and after.
 */
#ifndef STORAGE_HISTORY_SHOWN_H
#define STORAGE_HISTORY_SHOWN_H

#include "storage/db/stmt.h"
#include "storage/history/series.h"

/* UTC of the first and the last reading; first > last: there is none. */
struct shown_range {
	int64_t first, last;
};

struct shown {
	struct shown_range of[SERIES_COUNT];
	struct shown_range medium[MEDIUM_COUNT];
	struct shown_range all;
	int64_t newest_run; /* its first reading of electricity; INT64_MIN */
	uint32_t running;   /* series that this run shows: until now */
};

struct shown_source {
	struct stmt oldest, newest; /* runs, from either end */
	struct stmt extent;
};

int shown_open(struct shown_source *s, sqlite3 *db, struct err *e);
void shown_close(struct shown_source *s); /* also of a zeroed one */

/*
 * Read all. A total counts as shown if its tariffs are. Takes a few steps per
 * run of the table installation, from either end to those that show each
 * series. Returns 0 or a negative code.
 */
int shown_read(struct shown *out, struct shown_source *s, struct err *e);

/*
 * The same after readings were added that start no run and are not older than
 * the newest run: takes a few steps per meter.
 */
int shown_go_on(struct shown *out, struct shown_source *s, struct err *e);

#endif
