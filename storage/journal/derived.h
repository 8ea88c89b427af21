/*
 * What a change of rows brings with it, within its transaction: offsets of the
 * meters, days in the calendar, the change list.
 */
#ifndef STORAGE_JOURNAL_DERIVED_H
#define STORAGE_JOURNAL_DERIVED_H

#include "storage/journal/calendar.h"
#include "storage/journal/damaged_rows.h"
#include "storage/journal/row_writer.h"

/* The parts of a journal that it needs; borrowed. */
struct derived {
	struct row_writer *en;
	struct calendar *calendar;
	struct changes *changes;
	long every_s; /* of a service that commits so often; 0: none */
};

/* Write what follows from en->p. 0 or a negative code. */
int derived_write(const struct derived *r, struct err *e);

/*
 * Derive all runs, offsets and boundaries again, after row_writer_begin, and let
 * followers do all again. 0 or a negative code.
 */
int derived_rebuild(const struct derived *r, struct err *e);

/*
 * In a transaction of its own: rows that no meter sent are moved aside, the
 * meters begin with rows that are left, and followers do all again. 0, also when
 * there are none, or a negative code.
 */
int derived_move_impossible(const struct derived *r,
			    const struct damaged_rows *how,
			    const struct repairs *told, struct err *e);

#endif
