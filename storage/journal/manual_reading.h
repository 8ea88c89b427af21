/*
 * Counters that a person read off a meter when it was removed or installed:
 * they make the step from one meter to the next exact. They are readings like
 * any other, with a time_source of their own, and pinned as accepted. If they
 * are entered again, they replace only what was entered before.
 */
#ifndef STORAGE_JOURNAL_MANUAL_READING_H
#define STORAGE_JOURNAL_MANUAL_READING_H

#include "storage/journal/row_writer.h"

struct manual_reading {
	bool opening; /* the first counters, else the last ones */
	/* The meter's identifier, as sent or as printed on it, or its number */
	const char *meter;
	/*
	 * UTC; INT64_MIN: the time entered before, else just before the new
	 * meter's first reading, or now without a new meter; but it must be
	 * given if that is more than a day after the old meter's last reading
	 */
	int64_t at;
	bool electric;	     /* these are registers of the electricity meter */
	struct span counter; /* the last name given; borrowed */
	struct judge_point point;
	unsigned none; /* bit i: register i is as the meter sent it */

	/*
	 * What the meter sent, and what was and is entered now; have == 0:
	 * nothing. Set by manual_reading_write.
	 */
	struct judge_point sent, was, is;
};

/*
 * Parse "import_t1=1234.567" or "gas=1234.567"; without a value, the entered
 * one is withdrawn. All must belong to one meter. Returns 0 or ERR_USAGE.
 */
int manual_reading_set(struct manual_reading *n, const char *word,
		       struct err *e);

/*
 * Write the counters in a transaction of the journal; `now` is the end of a
 * meter that has no successor. Returns 1; 0 if all of it was entered before,
 * after which the caller rolls back; ERR_USAGE if the meter is unknown or has
 * other registers, if the time must be given, or if there is no entry to
 * withdraw; ERR_FORMAT if the meter's readings contradict it or leave no time
 * for it.
 */
int manual_reading_write(struct manual_reading *n, struct row_writer *w,
			 int64_t now, struct err *e);

#endif
