/*
 * A list with one entry for each OBIS reference that a meter sends, with its
 * meaning, unit, last value and count, so that nothing is thrown away without a
 * trace. References stored as a series are in
 * storage/journal/extra_values.h.
 */
#ifndef STORAGE_JOURNAL_OBIS_INVENTORY_H
#define STORAGE_JOURNAL_OBIS_INVENTORY_H

#include "storage/journal/extra_values.h"
#include "storage/journal/telegram_layout.h"
#include "telegram/reading.h"

enum { OBIS_INVENTORY_MAX = 256 }; /* references, in memory and in the list */

struct obis_inventory {
	struct obis_inventory_reference *list; /* OBIS_INVENTORY_MAX of them */
	size_t n;
	size_t next;  /* index of the next line, if lines keep their order */
	size_t fresh; /* number of references not known to be in the database */
	/*
	 * Telegrams with the same references in the same places as the last one
	 * recorded: their number, and the times of the first and the last;
	 * INT64_MIN if none. They are recorded when a different one arrives, or
	 * for the commit.
	 */
	struct telegram_layout layout;
	int64_t alike, alike_first, alike_last;
	struct extra_values extra;
	bool looked; /* which of the references are in the database */
	struct stmt look, update, add;
};

/* `wanted` as in extra_values_wanted. */
int obis_inventory_open(struct obis_inventory *s, sqlite3 *db,
			const char *wanted, long interval,
			struct flood_limit *a, struct err *e);
void obis_inventory_close(struct obis_inventory *s); /* safe if zeroed */

/*
 * Record all lines of a reading, in memory; the reading may have no time.
 * Returns 0, or ERR_FAILED if out of memory.
 */
int obis_inventory_put(struct obis_inventory *s, const struct reading *r,
		       struct err *e);

/* Returns how many values, and references not yet listed, wait for a commit. */
size_t obis_inventory_waiting(const struct obis_inventory *s);

/*
 * Write the list and the pending values of the series. Returns how many of
 * these rows were new. If there are none and `added`, the number of new rows of
 * other tables, is 0, only missing references are written: reading the same
 * telegrams again changes nothing.
 */
int obis_inventory_write(struct obis_inventory *s, int added, struct err *e);

/*
 * Move pending entries to an empty list of another database, to which all
 * references will be written again.
 */
void obis_inventory_move(struct obis_inventory *to,
			 struct obis_inventory *from);

/* Everything was written: clear it. */
void obis_inventory_clear(struct obis_inventory *s);

#endif
