/*
 * The journal: the SQLite database that is the truth, and its one writer.
 * Readings are judged and gathered in memory and reach the disk together in
 * one transaction, so that an SD card lasts: counters are cumulative, a power
 * cut may cost the last minutes' detail and never a Wh.
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

/* When a reading was read, and what its stream tells of it. */
struct journal_now {
	int64_t utc;	   /* the machine's */
	bool synchronised; /* NTP or the like keeps it */
	bool unproven;	   /* the reading has no CRC and is contradicted */
	bool skewed;	   /* it is live, and its meter has a clock: */
	int64_t skew;	   /* how far that is ahead of the machine's, s */
};

/* What may be sent on of a reading that was taken. */
struct journal_verdict {
	bool used;	   /* something of it is kept */
	bool other;	   /* its meter is not the house's */
	unsigned unproven; /* objects whose meter has counted nothing yet: bit
			      0 electricity, bit n channel n */
};

/*
 * Open, make or migrate the database at `path`; its folder must exist. The
 * process's time zone must be set (localday_use) to the zone of the options: the
 * calendar of local days is filled from it. NULL and *e: ERR_CONFIG for an
 * `extra` that is not a list of references, for a
 * schema newer than this program, or a file that is not a p1logger database;
 * ERR_PERMISSION, ERR_CREATE, ERR_IO, ERR_BUSY as they say; ERR_DAMAGED by a
 * quick look (sound_look, for a service at all of it). What a person dropped or
 * changed is repaired (schema_repair), and rows that no meter sent are
 * moved aside (storage/journal/damaged_rows.h); o->repairs is told.
 */
struct journal *journal_open(const char *path, const struct journal_options *o,
			     struct err *e);

/* Wait at most wait_ms for another writer's lock from now on. */
void journal_patience(struct journal *j, long wait_ms);

/* Forgets what was put and not committed. NULL is fine. */
void journal_close(struct journal *j);

/* What became of the file under us (storage/journal/file_identity.h)? */
enum standing journal_standing(const struct journal *j);

/* The path of the file as it is called now; "": it has no name any more. */
void journal_name(const struct journal *j, char *path, size_t size);

/*
 * The file was renamed or removed. Make it complete in itself, without a -wal
 * file: where it is, or, when that cannot be, as a copy at `aside`; and let
 * nothing of it lie where the next database will be. 1: a copy was made, 0: none
 * was needed, or a negative code.
 */
int journal_leave(struct journal *j, const char *aside, struct err *e);

/*
 * Take all that waits out of a journal, and give it to one that was just opened:
 * its next commit judges and writes it. journal_unload returns NULL when memory
 * is short. journal_reload frees `w`, also when `to` is NULL: then it is lost.
 */
struct waiting;
struct waiting *journal_unload(struct journal *j);
void journal_reload(struct journal *to, struct waiting *w);

/* Is it a list that `extra` may be? 0 or ERR_CONFIG. */
int journal_check_extra(const char *list, struct err *e);

/*
 * Take a reading, whose times are TIMESTAMP_UTC or TIMESTAMP_NONE (what has none is not
 * kept). Its counters are judged, those of the electricity meter together and
 * each M-Bus value by itself. What is held is taken out of *r and named in
 * r->held; the rest may be sent on as *v says. One row of electricity is kept of
 * each interval, and each M-Bus value whose stamp is new; powers of readings
 * without a row count for the peaks of the next one. 0, or ERR_FAILED when memory
 * is short.
 */
int journal_take(struct journal *j, struct reading *r,
		 const struct journal_now *now, struct journal_verdict *v,
		 struct err *e);

/*
 * From now on: readings of a meter that is heard at the second
 * now_s of a clock that does not go back, or of a file, when not `live`. What a
 * meter may add in an hour is bounded (storage/journal/allowance.h); what a file has is
 * not, but for what one message and one header a minute are.
 */
void journal_heard(struct journal *j, bool live, int64_t now_s);

/* How much was beyond that and not kept, since it was opened. */
int64_t journal_beyond(const struct journal *j);

/* Does so much wait that it should be written now? */
bool journal_full(const struct journal *j);

/*
 * How many more readings are held than when it was opened; of electricity alone
 * in *electricity. Counts what was committed.
 */
int64_t journal_held(const struct journal *j, int64_t *electricity);

/* How many electricity meters were found, since it was opened, that are not the house's. */
int64_t journal_others(const struct journal *j);

/* Readings wait to be judged that may outweigh others: commit now. */
bool journal_urgent(const struct journal *j);

/* How many readings wait for a commit. */
size_t journal_waiting(const struct journal *j);

/*
 * Write all that waits, in one transaction, with a row in the change list that
 * the followers read. What is there already is left alone: putting the same
 * readings again changes nothing. Returns the number of rows that were new, or
 * a negative code: then everything still waits and may be tried again, save
 * that beyond a day's worth the oldest is given up.
 */
int journal_commit(struct journal *j, struct err *e);

/* What a person says of readings (storage/journal/pins.h), in a transaction. */
struct pins_order;
struct pins_answer;
int journal_pin(struct journal *j, const struct pins_order *o, bool keep,
		struct pins_answer *a, struct err *e);

/*
 * The counters that a person read off a meter when it went or came. The
 * number of rows that came or went, or as entered_write.
 */
struct manual_reading;
int journal_enter(struct journal *j, struct manual_reading *n, int64_t now,
		  struct err *e);

/*
 * Derive again what follows from the readings: runs, offsets and the counters at
 * the boundaries. 0 or a negative code.
 */
int journal_rebuild(struct journal *j, struct err *e);

/*
 * Has a service committed to the database at `path` within twice its commit
 * interval, as of `now`? For `--once` beside a service. false also when the
 * database is not there.
 */
bool journal_service_alive(const char *path, int64_t now);

#endif
