/*
 * The database is removed, renamed, replaced or overwritten while it is in use:
 * what was read goes into the file that has its place, or into a new one.
 */
#ifndef LOGGER_REOPEN_H
#define LOGGER_REOPEN_H

#include "logger/store_options.h"

/*
 * When the file of *j is no longer the database, say so in o->log, see to it
 * that what was written to it is not lost, open the database again as heal_open
 * does, and hand over what waits. *saved, false at first, remembers over several
 * tries that the old file was seen to. The caller holds the lock.
 *
 * 0, *j is to be used on; or a negative code: all waits on in *j, unless *j is
 * NULL then: the file that was overwritten could not be opened, *e says how many
 * rows are lost by it.
 */
int reopen_journal(const struct store_options *o,
		   const struct journal_options *how, struct journal **j,
		   bool *saved, struct err *e);

#endif
