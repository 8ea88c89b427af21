/*
 * Update what depends on changed rows, within the same transaction: offsets of
 * the meters, days in the calendar, the change list.
 */
#ifndef STORAGE_JOURNAL_DERIVED_TABLES_H
#define STORAGE_JOURNAL_DERIVED_TABLES_H

#include "storage/journal/calendar_tables.h"
#include "storage/journal/damaged_rows.h"
#include "storage/journal/row_writer.h"
#include "storage/journal/thin.h"

/* The parts of a journal that this needs; borrowed. */
struct derived {
	struct row_writer *writer;
	struct calendar_tables *calendar;
	struct change_list *changes;
	struct thin *thin; /* NULL if no readings are thinned */
	long every_s;	   /* interval of a service's commits; 0 if none */
};

/*
 * Write what follows from the changes in writer->p. Returns 0 or a negative
 * code.
 */
int derived_write(const struct derived *r, struct err *e);

/*
 * Recompute all runs, offsets and boundaries, and let followers process
 * everything again. Call it after row_writer_begin. Returns 0 or a negative
 * code.
 */
int derived_rebuild(const struct derived *r, struct err *e);

/*
 * In a transaction of its own: move rows that no meter sent aside, let the
 * meters start with the remaining rows, and let followers process everything
 * again. Returns 0, even if there are none, or a negative code.
 */
int derived_move_impossible(const struct derived *r,
			    const struct damaged_rows *how,
			    const struct repair_report *told, struct err *e);

/*
 * In a transaction of its own, if anything is missing: bring the calendar of
 * this time zone and the boundaries up to date. Returns 0 or a negative code.
 */
int derived_calendar(const struct derived *r, const char *zone, int64_t now,
		     struct err *e);

#endif
