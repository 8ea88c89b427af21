/*
 * Every OBIS reference that a meter sends, listed once: with its meaning, unit,
 * last value and count, so that nothing is thrown away without a trace. What a
 * person wants of them as a series is in storage/journal/extra.h.
 */
#ifndef STORAGE_JOURNAL_OBIS_INVENTORY_H
#define STORAGE_JOURNAL_OBIS_INVENTORY_H

#include "storage/journal/extra.h"
#include "telegram/reading.h"

enum { OBIS_INVENTORY_MAX = 256 }; /* references, in memory and in the list */

struct obis_inventory {
	struct obis_inventory_reference *list; /* OBIS_INVENTORY_MAX of them */
	size_t n;
	size_t next;  /* the one that comes next, if lines keep their order */
	size_t fresh; /* of them: not in the database, as far as we know */
	struct extra extra;
	struct stmt update, add;
};

/* `wanted` as of extra_wanted. */
int obis_inventory_open(struct obis_inventory *s, sqlite3 *db,
			const char *wanted, long interval, struct allowance *a,
			struct err *e);
void obis_inventory_close(struct obis_inventory *s); /* also of a zeroed one */

/*
 * Note all lines of a reading, in memory; one without a time is listed without.
 * 0, or ERR_FAILED: memory is short.
 */
int obis_inventory_put(struct obis_inventory *s, const struct reading *r,
		       struct err *e);

/* What waits for a commit: values, and references not yet listed. */
size_t obis_inventory_waiting(const struct obis_inventory *s);

/*
 * Write the list, and what waits of the series: how many rows of these were
 * new. When there are none and `added`, the other tables' new rows, is 0, only
 * references that are missing are written: reading the same again changes
 * nothing.
 */
int obis_inventory_write(struct obis_inventory *s, int added, struct err *e);

/*
 * Move what waits into a list that has nothing, of another database: there all
 * references are to be listed again.
 */
void obis_inventory_move(struct obis_inventory *to,
			 struct obis_inventory *from);

/* All was written. */
void obis_inventory_clear(struct obis_inventory *s);

#endif
