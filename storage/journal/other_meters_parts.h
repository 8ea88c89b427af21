/* The parts of other_meters.c; only for storage/journal/other_*.c. */
#ifndef STORAGE_JOURNAL_OTHER_METERS_PARTS_H
#define STORAGE_JOURNAL_OTHER_METERS_PARTS_H

#include "storage/journal/other_meters_state.h"

enum {
	OTHER_WINDOW,
	OTHER_ALL,
	OTHER_MIXED,
	OTHER_ABOUT,
	OTHER_MARK,
	OTHER_RUNS,
	OTHER_DEPENDS,
	OTHER_OLDER,
	OTHER_MARKED,
	OTHER_HOMELESS,
	OTHER_PAIR,
	OTHER_BESIDE,
	OTHER_BESIDE_MARK,
	OTHER_VALUES,
	OTHER_RANGE,
	OTHER_NAMES,
	OTHER_CHOSEN,
	OTHER_MISSED,
	OTHER_STATEMENTS
};

_Static_assert((int)OTHER_STATEMENTS == (int)OTHER_METERS_STATEMENTS,
	       "each statement has its text");

/* Each returns 0 or a negative code. */

/* Set the mark of a meter in the database and in memory; 0 if none. */
int other_set_mark(struct other_meters *o, int64_t meter, int64_t other,
		   struct err *e);

/*
 * The same for an electricity meter whose mark was `was`, and for its M-Bus
 * meters. Its rows are moved before it, or afterwards if it becomes the
 * house's.
 */
int other_change_mark(struct other_meters *o, const struct touch *t,
		      int64_t meter, int64_t was, int64_t other, struct err *e);

/*
 * Mark the M-Bus meters of an electricity meter whose mark changed. `placed`:
 * their places change too, since it was or is an added meter.
 */
int other_mark_beside(struct other_meters *o, const struct touch *t,
		      int64_t electricity, bool placed, struct err *e);

/* The same for M-Bus meters that were now first seen in its telegrams. */
int other_mark_pairs(struct other_meters *o, const struct touch *t,
		     struct err *e);

/* Mark the meters that were the house's until now, and move their rows. */
int other_mark_new(struct other_meters *o, const struct touch *t,
		   const struct house_meter_choice *c, bool whole,
		   struct err *e);

/* Move a meter's rows to the house's. */
int other_move_in(struct other_meters *o, const struct touch *t, int64_t meter,
		  struct err *e);

/*
 * Read times and meters from a statement, in order, merged with the first
 * missed_n entries of o->missed.
 */
int other_read_turns(struct other_meters *o, struct stmt *s, size_t missed_n,
		     struct err *e);

#endif
