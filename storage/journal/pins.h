/*
 * Pins: a person's decisions about readings. A reading pinned as accepted is
 * always in the accepted set, whatever contradicts it; a rejected one never is.
 * A pin belongs to one held reading, or to all readings of a meter in a range
 * of time. If there are two decisions about the same readings, the last one
 * counts. Pins are stored in the table pin; they also apply to readings that
 * are imported later.
 */
#ifndef STORAGE_JOURNAL_PINS_H
#define STORAGE_JOURNAL_PINS_H

#include "storage/history/series.h"
#include "storage/journal/row_writer.h"

enum pins_verb {
	PINS_ACCEPT,
	PINS_REJECT,
	PINS_CLEAR, /* withdraw the decisions about a range */
};

struct pins_order {
	enum pins_verb verb;
	int64_t id;	   /* a held reading; 0: a range of one meter */
	int64_t from, to;  /* UTC, both included */
	const char *meter; /* its identifier, as sent or as printed on it, or
			      its number; NULL: the only one that has readings
			      in the range, or a decision about it */
	int64_t now;	   /* UTC of the machine */
};

enum { PINS_METER = 160 }; /* bytes of a meter's name */

/* The result of an order. */
struct pins_answer {
	char meter[PINS_METER]; /* "gas 4730303533", truncated */
	bool again;		/* the same decision was made before */
	/*
	 * Readings that were held and are now accepted, and the other way round
	 */
	int accepted, withdrawn;
	int64_t before[SERIES_COUNT], after[SERIES_COUNT]; /* totals, in the
							      units of series */
};

/*
 * Write a pin, judge the readings around it, and set *a except for its totals,
 * within a transaction. Counters that a person read off a meter
 * (storage/journal/manual_reading.h) stay pinned. Returns 0, or ERR_USAGE if
 * the held reading or the meter is unknown, if not exactly one meter has
 * readings in the range, or if there is no decision to clear.
 */
int pins_write(const struct pins_order *o, struct row_writer *w,
	       struct pins_answer *a, struct err *e);

/*
 * Add up what has been counted in total, for each series. Returns 0 or a
 * negative code.
 */
int pins_totals(sqlite3 *db, int64_t total[static SERIES_COUNT], struct err *e);

#endif
