/*
 * What a person says of readings: pins. An accepted reading is part of what can
 * be true together, whatever speaks against it; a rejected one is not. A pin is
 * of one held reading, or of all readings of a meter in a range of time. Of two
 * words about the same readings the last one counts. Pins stay in the table pin;
 * readings that are imported later obey them too.
 */
#ifndef STORAGE_JOURNAL_PINS_H
#define STORAGE_JOURNAL_PINS_H

#include "storage/history/series.h"
#include "storage/journal/row_writer.h"

enum pins_verb {
	PINS_ACCEPT,
	PINS_REJECT,
	PINS_CLEAR, /* take back what was said of a range */
};

struct pins_order {
	enum pins_verb verb;
	int64_t id;	   /* of a held reading; 0: a range of one meter */
	int64_t from, to;  /* UTC, both included */
	const char *meter; /* its identifier, as sent or as printed on it, or
			      its number; NULL: the only one that has readings
			      in the range, or a decision about it */
	int64_t now;	   /* UTC of the machine */
};

enum { PINS_METER = 160 }; /* bytes of a meter's name */

/* What came of it. */
struct pins_answer {
	char meter[PINS_METER]; /* "gas 4730303533", cut when longer */
	bool again;		/* just this was said before */
	int accepted,
		withdrawn; /* readings: were held and count now, or counted
				    and are held now */
	int64_t before[SERIES_COUNT], after[SERIES_COUNT]; /* totals, in the
							      units of series */
};

/*
 * Write a pin, judge the readings around it, and fill all but the totals of *a;
 * within a transaction. What a person read off a meter (storage/journal/manual_reading.h) stays
 * pinned. 0, or ERR_USAGE: there is no such held reading, no such meter, no one
 * meter that has readings in the range, or nothing was said of them.
 */
int pins_write(const struct pins_order *o, struct row_writer *en,
	       struct pins_answer *a, struct err *e);

/* What has been counted in all, by series. 0 or negative. */
int pins_totals(sqlite3 *db, int64_t total[static SERIES_COUNT], struct err *e);

#endif
