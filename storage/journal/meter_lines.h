/*
 * Which meter a reading comes from. An identifier is evidence, not a key: a
 * reading with an empty or missing one goes on with the meter that was there, on
 * the same channel; and the first reading with one names a meter that had none,
 * if its counters can follow. Another identifier is another meter.
 */
#ifndef STORAGE_JOURNAL_METER_LINES_H
#define STORAGE_JOURNAL_METER_LINES_H

#include "storage/journal/meters.h"
#include "storage/judge/settle.h"

/* The newest meter of a medium on a channel. */
struct meter_line {
	int channel; /* 0: electricity, the meter itself */
	char medium[MEDIUM_TEXT];
	int meter; /* place in struct meters */
	int64_t ts;
};

enum {
	METER_LINES = 32, /* channels with their media that are remembered */
	METER_LINES_STATEMENTS = 2,
};

struct meter_lines {
	struct meters *meters;	 /* borrowed, as are the readings */
	struct settle *readings; /* by which heads are known */
	bool apart; /* the telegram is not of the house's meter, and says nothing
		       of what was where */
	struct meter_line list[METER_LINES];
	int n;
	struct stmt s[METER_LINES_STATEMENTS];
};

int meter_lines_open(struct meter_lines *l, struct meters *m,
		     struct settle *readings, sqlite3 *db, struct err *e);
void meter_lines_close(struct meter_lines *l); /* also of a zeroed one */

/*
 * Find the place in the list of the meter of a point that a telegram shows on
 * `channel`, with this identifier, and see that its head is known. Or negative:
 * ERR_FAILED, or as the database says.
 */
int meter_lines_find(struct meter_lines *l, const struct meter *wanted,
		     int channel, struct span identifier,
		     const struct judge_rates *rates,
		     const struct judge_point *p, struct err *e);

/* The meters' readings in the database are others than they were. */
void meter_lines_forget(struct meter_lines *l);

#endif
