/*
 * References that a person wants stored although no table has a column for
 * them: [log] extra. One value each per interval, a number in thousandths of
 * the printed unit, or a text.
 */
#ifndef STORAGE_JOURNAL_EXTRA_VALUES_H
#define STORAGE_JOURNAL_EXTRA_VALUES_H

#include "storage/db/stmt.h"
#include "storage/journal/flood_limit.h"
#include "telegram/lines.h"

enum { EXTRA_VALUES_MAX = 32, REFERENCE_TEXT = 24 };

struct extra_values_row {
	int64_t ts;
	int wanted;	/* index in `wanted` */
	int64_t number; /* thousandths, if text is NULL */
	char *text;	/* owned */
};

struct extra_values {
	char wanted[EXTRA_VALUES_MAX][REFERENCE_TEXT];
	int n; /* used entries of `wanted` */
	long interval;
	int64_t ts; /* time of the last reading that was stored */
	struct extra_values_row *rows;
	size_t count, room;
	size_t bytes;		       /* total size of their texts */
	struct flood_limit *allowance; /* borrowed */
	struct stmt add;
};

/*
 * Read the list of references, separated by blanks or commas; NULL and "" are
 * empty lists. Returns 0, or ERR_CONFIG, which names an invalid reference or
 * says that there are too many.
 */
int extra_values_wanted(struct extra_values *x, const char *list,
			struct err *e);

/* Call it after extra_values_wanted. */
int extra_values_open(struct extra_values *x, sqlite3 *db, long interval,
		      struct flood_limit *a, struct err *e);
void extra_values_close(struct extra_values *x); /* safe if zeroed */

/*
 * Is a value wanted from a reading at `ts`? Only from the first one of its
 * interval.
 */
bool extra_values_begins(struct extra_values *x, int64_t ts);

/* Returns the index in `wanted`, or -1 if the reference is not wanted. */
int extra_values_index(const struct extra_values *x, struct span reference);

/*
 * Keep one line of such a reading, within the limits. Returns 0, or ERR_FAILED
 * if out of memory.
 */
int extra_values_put(struct extra_values *x, int64_t ts, int wanted,
		     struct span groups, struct err *e);

/*
 * Write the pending values; the table obis must already have the references.
 * Returns how many rows were new, or a negative code.
 */
int extra_values_write(struct extra_values *x, struct err *e);

/* Move the pending values from one struct to an empty one. */
void extra_values_move(struct extra_values *to, struct extra_values *from);

/* Are there so many rows that they should be written now? */
bool extra_values_full(const struct extra_values *x);

/* Everything was written: clear it. */
void extra_values_clear(struct extra_values *x);

#endif
