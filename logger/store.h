/*
 * Storage of readings: the database's folder, the lock beside it, the journal,
 * and the followers after a commit.
 */
#ifndef LOGGER_STORE_H
#define LOGGER_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "logger/store_options.h"

enum { STORE_PATH = 600 }; /* size of a path beside the database */

struct store {
	const struct store_options *o; /* borrowed */
	int lock;		       /* -1: not held */
	struct journal *journal;
	bool saved;	   /* see reopen_journal */
	struct err damage; /* found by a commit; code 0 if none */
};

/*
 * Take the lock within wait_s seconds and open the journal. The folder is
 * created if only its last name is missing. Returns 1; with `yield` 0 as soon
 * as a service is found to use the same database; or a negative code. Close it
 * after an error, too.
 */
int store_open(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e);

/*
 * Like store_open, for exclusive use: ERR_BUSY, with the remedy, if a service
 * uses the database. Returns 1 or a negative code.
 */
int store_open_alone(struct store *k, const struct store_options *o,
		     int64_t wait_s, struct err *e);
void store_close(struct store *k);

/*
 * The two halves of store_open: the lock (1, 0 or negative), then the journal.
 */
int store_lock(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e);
int store_begin(struct store *k, struct err *e);

/*
 * After a commit that found the file damaged: close the journal and move its
 * files aside, like recover_open. Returns 0 or a negative code.
 */
int store_set_aside(struct store *k, struct err *e);

/*
 * Like journal_commit, to the file that is the database now
 * (logger/reopen_replaced.h); errors name the database. k->journal is NULL if
 * pending rows were lost. After ERR_DAMAGED nothing more can be written: see
 * store_set_aside, which store_close calls if nobody did.
 */
int store_commit(struct store *k, struct err *e);

/* The machine's clock, for journal_take. */
struct journal_now store_now(const struct store *k);

/*
 * Can the setting name a database: not empty and not a folder? Returns 0 or
 * ERR_CONFIG.
 */
int store_check(const char *database, struct err *e);

/* The path of a file beside the database: "/var/lib/p1.db" plus ".lock". */
char *store_beside(char path[static STORE_PATH], const char *database,
		   const char *suffix);

#endif
