/*
 * Opening the journal when its file is damaged: that is set aside, a new one
 * begun, and the last good backup named.
 */
#ifndef LOGGER_RECOVER_H
#define LOGGER_RECOVER_H

#include "logger/store_options.h"

/*
 * As journal_open for o->database; the caller holds the lock. Says in o->log,
 * unless that is NULL, what was set aside or repaired, and that a new database
 * is started.
 */
struct journal *recover_open(const struct store_options *o,
			     const struct journal_options *options,
			     struct err *e);

/*
 * Set the database's files aside, for the reason that *e holds; says so in
 * o->log. Nobody may have it open. 0, or a negative code and both in *e.
 */
int recover_set_aside(const struct store_options *o, int64_t now,
		      struct err *e);

#endif
