/*
 * A database of the last schema before the first release becomes one of this
 * program's schema: its rows are copied into a new file beside it, which takes
 * its name once it is complete. The old file is kept under another name. After a
 * power cut or a kill the name leads to the old file or the new one, and the next
 * start converts again if need be.
 */
#ifndef STORAGE_JOURNAL_CONVERT_H
#define STORAGE_JOURNAL_CONVERT_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/journal/journal_options.h"

/*
 * Finish a conversion that was interrupted between its last two renames, on a file
 * system without hard links: give the complete new file the name `path`. Call it
 * with the writers' lock held, before the file is opened. 0 or a negative code.
 */
int convert_finish(const char *path, struct err *e);

/*
 * Convert the file at `path`, which *db (db_open_writer) has open, if it is of
 * SCHEMA_CONVERTED; *db is then another connection. The process's time zone must
 * be set. o->watch is told, o->repairs too of rows that no meter sent.
 *
 * 0, or a negative code, which leaves the file as it was and may leave *db NULL:
 * ERR_IO when the disk is too full, ERR_BUSY when another program uses the file or
 * the watch stopped the conversion, ERR_DAMAGED when the file is damaged.
 */
int convert_old(sqlite3 **db, const char *path, const struct journal_options *o,
		struct err *e);

#endif
