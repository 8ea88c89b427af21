/*
 * Electricity meters that take turns with the house's on one port
 * (storage/journal/meters_in_turn.h), and their M-Bus meters.
 *
 * Of the meters that take turns, one is the house's: the one that a person
 * named, else the one with the oldest first reading. Any other that takes turns
 * with it is marked in the table meter, and its rows are in other_electricity,
 * which is not part of any total. An M-Bus meter that was seen only in
 * telegrams of such meters is marked, too; its rows are not moved. The marks
 * depend on the rows, not on their order.
 *
 * If a person added such a meter ([meter] also), its mark is negative: its rows
 * are in other_electricity as well, but have runs and are added to the house's
 * totals, and its M-Bus meters are the house's.
 */
#ifndef STORAGE_JOURNAL_OTHER_METERS_H
#define STORAGE_JOURNAL_OTHER_METERS_H

#include "storage/journal/other_meters_state.h"

/* Returns 0 or a negative code; close it in either case. */
int other_meters_open(struct other_meters *o, sqlite3 *db, struct meters *m,
		      struct err *e);
void other_meters_close(struct other_meters *o); /* safe if zeroed */

/* Call this at the start of a transaction. */
void other_meters_begin(struct other_meters *o);

/*
 * Record an accepted row of the house's electricity meter, or of another one.
 * `alone`: the row is newer than all rows of electricity, and of the same meter
 * as the newest.
 */
void other_meters_came(struct other_meters *o, int64_t ts, bool alone);
void other_meters_other_came(struct other_meters *o, int64_t meter);
int other_meters_missed(struct other_meters *o, int64_t meter, int64_t ts,
			struct err *e);

int other_meters_missed_range(struct other_meters *o, int64_t meter,
			      int64_t first, int64_t last, struct err *e);

/* Record that rows were removed on which the marks may depend. */
void other_meters_went(struct other_meters *o);

/*
 * Record that an M-Bus meter was seen in a telegram of an electricity meter;
 * both are numbers in the database. Returns 0 or a negative code.
 */
int other_meters_beside(struct other_meters *o, int64_t meter,
			int64_t electricity, struct err *e);

/* Does other_meters_write have anything to do? */
static inline bool other_meters_waits(const struct other_meters *o)
{
	return o->pairs_n > 0;
}

/*
 * Update marks and rows for the rows that were added. Call runs_write
 * afterwards. Returns 0 or a negative code.
 */
int other_meters_write(struct other_meters *o, const struct touch *t,
		       struct err *e);

/* The same for all rows, whatever the marks are. */
int other_meters_derive_all(struct other_meters *o, const struct touch *t,
			    struct err *e);

/*
 * Set the meter that a person named as the house's and the list of those to be
 * added (NULL or "" if none). Returns 1 if the database was written with other
 * choices, so that everything must be derived again; 0 if not; or a negative
 * code.
 */
int other_meters_choose(struct other_meters *o, const char *house,
			const char *also, struct err *e);

/* Do the marks match the rows? Only reads. Returns 0 or a negative code. */
int other_meters_verify(sqlite3 *db, bool *match, struct err *e);

#endif
