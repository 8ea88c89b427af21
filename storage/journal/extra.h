/*
 * References that a person wants stored although no table has a column for
 * them: [log] extra. One value each per interval, a number in thousandths of
 * the printed unit, or a text.
 */
#ifndef STORAGE_JOURNAL_EXTRA_H
#define STORAGE_JOURNAL_EXTRA_H

#include "storage/db/stmt.h"
#include "storage/journal/allowance.h"
#include "telegram/lines.h"

enum { EXTRA_MAX = 32, REFERENCE_TEXT = 24 };

struct extra_row {
	int64_t ts;
	int wanted;	/* place in `wanted` */
	int64_t number; /* thousandths, if text is NULL */
	char *text;	/* owned */
};

struct extra {
	char wanted[EXTRA_MAX][REFERENCE_TEXT];
	int n; /* of them */
	long interval;
	int64_t ts; /* of the last reading that was stored */
	struct extra_row *rows;
	size_t count, room;
	size_t bytes;		     /* of their texts */
	struct allowance *allowance; /* borrowed */
	struct stmt add;
};

/*
 * Read the list of references, separated by blanks or commas; NULL and "" are
 * empty. ERR_CONFIG names one that is invalid, or one too many.
 */
int extra_wanted(struct extra *x, const char *list, struct err *e);

/* Call it after extra_wanted. */
int extra_open(struct extra *x, sqlite3 *db, long interval, struct allowance *a,
	       struct err *e);
void extra_close(struct extra *x); /* also of a zeroed one */

/*
 * Is a value wanted from a reading at `ts`? Only from the first one of its
 * interval.
 */
bool extra_begins(struct extra *x, int64_t ts);

/* The place in `wanted`; -1: not wanted. */
int extra_place(const struct extra *x, struct span reference);

/*
 * Keep one line of such a reading, as far as allowed. Returns 0, or ERR_FAILED
 * without memory.
 */
int extra_put(struct extra *x, int64_t ts, int wanted, struct span groups,
	      struct err *e);

/*
 * Write what waits; the references are in the list already. Returns how many
 * rows were new, or a negative code.
 */
int extra_write(struct extra *x, struct err *e);

/* Move what waits into an empty one. */
void extra_move(struct extra *to, struct extra *from);

/* Are there so many that they should be written now? */
bool extra_full(const struct extra *x);

/* All was written: clear it. */
void extra_clear(struct extra *x);

#endif
