/*
 * Handle a database that is removed, renamed, replaced or overwritten while in
 * use: pending readings go to the file that took its place, or to a new one.
 */
#ifndef LOGGER_REOPEN_REPLACED_H
#define LOGGER_REOPEN_REPLACED_H

#include "logger/store_options.h"

/*
 * If the file of *j is no longer the database: log it to o->log, rescue what
 * was written to it, open the database again like recover_open, and hand over
 * the pending rows. *saved, false at first, remembers over several attempts
 * that the old file was rescued. The caller holds the lock.
 *
 * Returns 0, and *j can be used; or a negative code, and everything is still
 * pending in *j, unless *j is NULL because the overwritten file could not be
 * opened: *e then says how many rows were lost.
 */
int reopen_journal(const struct store_options *o,
		   const struct journal_options *how, struct journal **j,
		   bool *saved, struct err *e);

#endif
