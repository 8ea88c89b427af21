/*
 * References that a person wants stored although no table has a column for
 * them: [log] extra. One value each per interval, a number in thousandths of
 * the printed unit, or a text.
 */
#ifndef STORAGE_JOURNAL_EXTRA_REFERENCES_H
#define STORAGE_JOURNAL_EXTRA_REFERENCES_H

#include "storage/db/stmt.h"
#include "storage/journal/flood_limit.h"
#include "telegram/lines.h"

enum { EXTRA_REFERENCES_MAX = 32, REFERENCE_TEXT = 24 };

struct extra_references_row {
	int64_t ts;
	int wanted;	/* index in `wanted` */
	int64_t number; /* thousandths, if text is NULL */
	char *text;	/* owned */
};

struct extra_references {
	char wanted[EXTRA_REFERENCES_MAX][REFERENCE_TEXT];
	int n; /* used entries of `wanted` */
	long interval;
	int64_t ts; /* time of the last reading that was stored */
	struct extra_references_row *rows;
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
int extra_references_wanted(struct extra_references *x, const char *list,
			    struct err *e);

/* Call it after extra_references_wanted. */
int extra_references_open(struct extra_references *x, sqlite3 *db,
			  long interval, struct flood_limit *a, struct err *e);
void extra_references_close(struct extra_references *x); /* safe if zeroed */

/*
 * Is a value wanted from a reading at `ts`? Only from the first one of its
 * interval.
 */
bool extra_references_begins(struct extra_references *x, int64_t ts);

/* Returns the index in `wanted`, or -1 if the reference is not wanted. */
int extra_references_place(const struct extra_references *x,
			   struct span reference);

/*
 * Keep one line of such a reading, within the limits. Returns 0, or ERR_FAILED
 * if out of memory.
 */
int extra_references_put(struct extra_references *x, int64_t ts, int wanted,
			 struct span groups, struct err *e);

/*
 * Write what waits; the table obis must already have the references. Returns
 * how many rows were new, or a negative code.
 */
int extra_references_write(struct extra_references *x, struct err *e);

/* Move what waits from one struct into an empty one. */
void extra_references_move(struct extra_references *to,
			   struct extra_references *from);

/* Are there so many rows that they should be written now? */
bool extra_references_full(const struct extra_references *x);

/* Everything was written: clear it. */
void extra_references_clear(struct extra_references *x);

#endif
