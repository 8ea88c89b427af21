/*
 * The journal: the SQLite database that everything else is derived from, and
 * its only writer. Readings are judged and collected in memory and written
 * together in one transaction, so that an SD card lasts. Counters are
 * cumulative: a power cut may lose the last minutes' detail, but totals stay
 * exact.
 *
 * docs/database.md describes the tables.
 */
#ifndef STORAGE_JOURNAL_JOURNAL_H
#define STORAGE_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/journal/journal_options.h"
#include "telegram/reading.h"

struct journal;
enum standing;

/* When a reading was received, and what its stream says about it. */
struct journal_now {
	int64_t utc;	   /* the machine's */
	bool synchronised; /* by NTP or similar */
	bool unproven;	   /* the reading has no CRC and is contradicted */
	bool skewed;	   /* it is live and its meter has a clock: `skew` is
			      known */
	int64_t skew;	   /* seconds by which that is ahead of the machine's */
};

/* Which parts of a reading may be sent on. */
struct journal_verdict {
	bool used;	   /* some of it is stored */
	bool other;	   /* its meter is not the house's */
	unsigned unproven; /* objects whose meter has counted nothing yet: bit
			      0 electricity, bit n channel n */
};

/*
 * Open, create or migrate the database at `path`; its folder must exist. The
 * process's time zone must be set (localday_use) to the zone of the options:
 * the calendar of local days is filled from it.
 *
 * Returns NULL and sets *e: ERR_CONFIG for an invalid `extra`, for a schema
 * newer than this program, or a file that is not a p1logger database;
 * ERR_PERMISSION, ERR_CREATE, ERR_IO, ERR_BUSY; ERR_DAMAGED after a quick check
 * (integrity_look; for a service, of the whole file).
 *
 * What a person dropped or changed is repaired (schema_repair), rows that no
 * meter sent are moved aside (storage/journal/damaged_rows.h), and both are
 * reported to o->repairs.
 */
struct journal *journal_open(const char *path, const struct journal_options *o,
			     struct err *e);

/* Wait at most wait_ms for another writer's lock from now on. */
void journal_patience(struct journal *j, long wait_ms);

/* Close a journal and drop what was not committed. NULL does nothing. */
void journal_close(struct journal *j);

/*
 * What happened to the file while it was open
 * (storage/journal/database_replaced.h)?
 */
enum standing journal_standing(const struct journal *j);

/* The current path of the file; "" if it no longer has a name. */
void journal_name(const struct journal *j, char *path, size_t size);

/*
 * Call this when the file was renamed or removed. It completes the file without
 * a -wal file, in place or, if that is impossible, as a copy at `aside`, and
 * removes what would be in the way of the next database. Returns 1 if a copy
 * was made, 0 if none was needed, or a negative code.
 */
int journal_leave(struct journal *j, const char *aside, struct err *e);

/*
 * Move everything pending from a journal to one that was just opened, whose
 * next commit judges and writes it. journal_unload returns NULL if out of
 * memory. journal_reload frees `w`, also if `to` is NULL: then it is lost.
 */
struct waiting;
struct waiting *journal_unload(struct journal *j);
void journal_reload(struct journal *to, struct waiting *w);

/* Is this a valid list for `extra`? Returns 0 or ERR_CONFIG. */
int journal_check_extra(const char *list, struct err *e);

/*
 * Take a reading, whose times are TIMESTAMP_UTC or TIMESTAMP_NONE (values
 * without a time are not stored). Its counters are judged: those of the
 * electricity meter together, and each M-Bus value by itself. Held ones are
 * removed from *r and named in r->held; the rest may be sent on as *v says. One
 * row of electricity is stored per interval, and each M-Bus value with a new
 * time; the powers of readings without a row count towards the peaks of the
 * next row. Returns 0, or ERR_FAILED if out of memory.
 */
int journal_take(struct journal *j, struct reading *r,
		 const struct journal_now *now, struct journal_verdict *v,
		 struct err *e);

/*
 * Say where the next readings come from: a live meter, at the second now_s of a
 * clock that does not go back, or a file if not `live`. What a live meter may
 * add in an hour is limited (storage/journal/flood_limit.h); a file is limited
 * only to one message and one header a minute.
 */
void journal_heard(struct journal *j, bool live, int64_t now_s);

/*
 * The number of items that exceeded these limits since the journal was opened.
 */
int64_t journal_beyond(const struct journal *j);

/* Are so many readings pending that they should be written now? */
bool journal_full(const struct journal *j);

/*
 * Returns how many more readings are held than when the journal was opened, and
 * sets *electricity to the number for electricity alone. Counts only committed
 * readings.
 */
int64_t journal_held(const struct journal *j, int64_t *electricity);

/*
 * Count all committed readings that are held and undecided, old ones included.
 * Returns 0, or a negative code.
 */
int journal_count_held(struct journal *j, int64_t *n, struct err *e);

/*
 * Returns how many electricity meters that are not the house's were found since
 * the journal was opened.
 */
int64_t journal_others(const struct journal *j);

/* Are readings pending that may outweigh accepted ones? Then commit now. */
bool journal_urgent(const struct journal *j);

/* Returns the number of readings that wait for a commit. */
size_t journal_waiting(const struct journal *j);

/*
 * Write everything pending, in one transaction, with a row in the change list
 * for the followers. Rows that exist are not changed: taking the same readings
 * again changes nothing. Returns the number of new rows, or a negative code:
 * then everything is still pending and may be tried again, but beyond a day's
 * worth the oldest is dropped.
 */
int journal_commit(struct journal *j, struct err *e);

/*
 * Find the M-Bus channel that the first meter of each medium had, 1 to 4; 0: no
 * such meter is known. Returns 0 or a negative code.
 */
int journal_channels(struct journal *j, int channel[MEDIUM_COUNT],
		     struct err *e);

/*
 * Thin readings that are older than the rules of the options say
 * (storage/journal/thin.h): up to `hours` hours of them, without waiting for
 * the disk or for another writer. No total changes. `now` is UTC of the
 * machine; Sets *removed to the number of rows removed. Returns 1 if more are
 * due, 0 if none are, or a negative code, and then nothing was removed.
 *
 * journal_thins: are readings due for thinning? Returns 1, 0 or a negative
 * code.
 */
int journal_thin(struct journal *j, int64_t now, int hours, int64_t *removed,
		 struct err *e);
int journal_thins(struct journal *j, int64_t now, struct err *e);

/*
 * Write a person's decision about readings (storage/journal/pins.h), in a
 * transaction.
 */
struct pins_order;
struct pins_answer;
int journal_pin(struct journal *j, const struct pins_order *o, bool keep,
		struct pins_answer *a, struct err *e);

/*
 * Write the counters that a person read off a meter when it was removed or
 * installed. Returns the number of rows added or removed, or a code of
 * manual_reading_write.
 */
struct manual_reading;
int journal_enter(struct journal *j, struct manual_reading *n, int64_t now,
		  struct err *e);

/*
 * Recompute runs, offsets and the counters at the boundaries from the readings.
 * Returns 0 or a negative code.
 */
int journal_rebuild(struct journal *j, struct err *e);

#endif
