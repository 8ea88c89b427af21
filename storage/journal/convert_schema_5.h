/*
 * Convert a database of the last schema before the first release to this
 * program's schema: copy its rows to a new file beside it, which takes over its
 * name once it is complete. The old file is kept under another name. After a
 * power cut or a kill the name belongs to the old file or the new one, and the
 * next start converts again if necessary.
 */
#ifndef STORAGE_JOURNAL_CONVERT_SCHEMA_5_H
#define STORAGE_JOURNAL_CONVERT_SCHEMA_5_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/journal/journal_options.h"

/*
 * Finish a conversion that was interrupted between its last two renames, on a
 * file system without hard links: give the complete new file the name `path`.
 * Call it with the writers' lock held, before the file is opened. Returns 0 or
 * a negative code.
 */
int convert_finish(const char *path, struct err *e);

/*
 * Convert the file at `path`, which *db (db_open_writer) has open, if its
 * schema is SCHEMA_CONVERTED; *db is another connection afterwards. The
 * process's time zone must be set. Reports progress to o->watch, and rows that
 * no meter sent to o->repairs.
 *
 * Returns 0, or a negative code, which leaves the file unchanged and may leave
 * *db NULL: ERR_IO if the disk is too full, ERR_BUSY if another program uses
 * the file or the watch stopped the conversion, ERR_DAMAGED if the file is
 * damaged.
 */
int convert_old(sqlite3 **db, const char *path, const struct journal_options *o,
		struct err *e);

#endif
