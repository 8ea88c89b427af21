/*
 * Where readings are kept: the database's folder, the lock beside it, the
 * journal, and the follower that is started after a commit.
 */
#ifndef LOGGER_STORE_H
#define LOGGER_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "logger/store_options.h"

enum { STORE_PATH = 600 }; /* bytes of a path beside the database */

struct store {
	const struct store_options *o; /* borrowed */
	int lock;		       /* -1: not held */
	struct journal *journal;
	bool saved;	   /* as of renew_journal */
	struct err damage; /* what a commit found; code 0: nothing */
};

/*
 * Take the lock, within wait_s seconds, and open the journal. The folder is made
 * when only itself is missing. 1; or, with `yield`, 0 as soon as a service is
 * seen to keep the same database; or a negative code. Close it also after an error.
 */
int store_open(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e);

/*
 * The same, to have the database alone: ERR_BUSY, with what to do, when a service
 * keeps it. 1 or a negative code.
 */
int store_open_alone(struct store *k, const struct store_options *o,
		     int64_t wait_s, struct err *e);
void store_close(struct store *k);

/* The two halves of store_open: the lock (1, 0 or negative), then the journal. */
int store_lock(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e);
int store_begin(struct store *k, struct err *e);

/*
 * After a commit that found the file damaged: close the journal and set its
 * files aside, as heal_open would. 0 or a negative code.
 */
int store_set_aside(struct store *k, struct err *e);

/*
 * As journal_commit, to the file that is the database now (logger/reopen.h); an
 * error names the database. k->journal is NULL when what waits was lost. After ERR_DAMAGED nothing more
 * can be written: see store_set_aside, which store_close does if nobody did.
 */
int store_commit(struct store *k, struct err *e);

/* The machine's clock, for journal_take. */
struct journal_now store_now(const struct store *k);

/* Can the setting name a database: no folder, and not empty? 0 or ERR_CONFIG. */
int store_check(const char *database, struct err *e);

/* The path of a file beside the database: "/var/lib/p1.db" and ".lock". */
char *store_beside(char path[static STORE_PATH], const char *database,
		   const char *suffix);

#endif
