/*
 * A database of the last schema before the first release becomes one of this
 * program's schema: its rows are copied into a new file beside it, which takes
 * its name when all is there. What was there is kept under another name. When
 * the power goes, or the program is killed, the name stands for the old file or
 * the new one, and the next start begins again.
 */
#ifndef STORAGE_CONVERT_H
#define STORAGE_CONVERT_H

#include <sqlite3.h>

#include "storage/journal.h"

/*
 * For the writer, who holds the lock of the writers, before it opens the file at
 * `path`: a new file that is complete gets the name when the old one has lost
 * it, where a file cannot have two names. 0 or a negative code.
 */
int convert_finish(const char *path, struct err *e);

/*
 * Convert the file at `path`, which *db (db_open_writer) has open, if it is of
 * SCHEMA_CONVERTED; *db is then another connection. The process's time zone must
 * be set. o->watch is told, o->repairs too of rows that no meter sent.
 *
 * 0, or a negative code, and the file is as it was; *db may be NULL then: ERR_IO
 * when there is no room, ERR_BUSY when another program holds the file or the
 * watch stopped it, ERR_DAMAGED when the file is not sound.
 */
int convert_old(sqlite3 **db, const char *path, const struct journal_options *o,
		struct err *e);

#endif
