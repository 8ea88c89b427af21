/*
 * Open the journal; if its file is damaged, move it aside, start a new one and
 * name the last good backup.
 */
#ifndef LOGGER_RECOVER_DAMAGED_DATABASE_H
#define LOGGER_RECOVER_DAMAGED_DATABASE_H

#include "logger/store_options.h"

/*
 * Like journal_open for o->database; the caller holds the lock. Logs to o->log,
 * unless NULL, what was moved aside or repaired, and that a new database was
 * started.
 */
struct journal *recover_open(const struct store_options *o,
			     const struct journal_options *options,
			     struct err *e);

/*
 * Move the database's files aside for the reason in *e, and log it to o->log.
 * Nobody may have it open. Returns 0, or a negative code with both reasons in
 * *e.
 */
int recover_set_aside(const struct store_options *o, int64_t now,
		      struct err *e);

#endif
