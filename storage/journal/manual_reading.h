/*
 * Counters that a person read off a meter when it went, or when it came: they
 * make the step from one meter to the next exact. They are readings like any
 * other, with a time_source of their own, and pinned as accepted. Entered again they take the place of
 * what was entered before, and of nothing else.
 */
#ifndef STORAGE_JOURNAL_MANUAL_READING_H
#define STORAGE_JOURNAL_MANUAL_READING_H

#include "storage/journal/row_writer.h"

struct manual_reading {
	bool opening;	     /* the first counters, else the last ones */
	const char *meter;   /* its identifier, as sent or as printed on it, or
			      its number */
	int64_t at;	     /* UTC; INT64_MIN: as it was entered before, else
			      just before the new meter spoke */
	bool electric;	     /* these are registers of the electricity meter */
	struct span counter; /* the name that was given last; borrowed */
	struct judge_point point;
	unsigned none; /* bit i: register i is as the meter sent it */

	/* What manual_reading_write found and left; have == 0: nothing entered. */
	struct judge_point sent, was, is;
};

/*
 * Take "import_t1=1234.567" or "gas=1234.567"; without a value what was entered
 * is taken back. All of one meter. 0 or ERR_USAGE.
 */
int manual_reading_set(struct manual_reading *n, const char *word,
		       struct err *e);

/*
 * In a transaction of the journal; `now` is when a meter ends that has no
 * successor yet. 1; 0: all was entered so before, roll back; ERR_USAGE: no such
 * meter, it has another register, or nothing was entered that could be taken
 * back; ERR_FORMAT: its readings contradict it, or there is no time for it.
 */
int manual_reading_write(struct manual_reading *n, struct row_writer *en,
			 int64_t now, struct err *e);

#endif
