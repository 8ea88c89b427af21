/* Care for the database: what p1logger --backup, --restore and --verify do. */
#ifndef LOGGER_MAINTENANCE_H
#define LOGGER_MAINTENANCE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/log.h"
#include "logger/store.h"

/*
 * Back the database up to `folder`, keeping copies of `keep` days (0: as many
 * as is usual), and say with --verbose what was done; to `json`, unless NULL,
 * as a line of JSON. 0 or a negative code.
 */
int maintenance_backup(const char *database, const char *folder, int64_t keep,
		       FILE *json, const struct log *log, struct err *e);

/*
 * Verify the backup `file`, or with NULL the last one that the database
 * remembers; to `out` what is wrong, or all of it as a line of JSON. 0 all is
 * well, ERR_FORMAT not, or why it could not be told.
 */
int maintenance_verify_backup(const char *database, const char *file, bool json,
			      FILE *out, struct err *e);

/*
 * Put the backup `file` in the database's place, bring it to this program's
 * schema, and let p1rrd follow. 0 or a negative code; ERR_BUSY when a service
 * or another p1logger holds the lock.
 */
int maintenance_restore(const struct store_options *how, const char *file,
			bool force, const struct log *log, struct err *e);

/*
 * Derive again what follows from the readings in the database. 0 or a negative
 * code; ERR_BUSY when a service or another p1logger holds the lock for longer
 * than wait_s.
 */
int maintenance_repair(const struct store_options *how, int64_t wait_s,
		       struct err *e);

/*
 * Verify the database and the RRD files; to `out` a line for all that is wrong,
 * then the age of the last reading and of the last backup. 0 all is well,
 * ERR_FORMAT not, or why it could not be told.
 */
int maintenance_verify(const struct store_options *how, FILE *out,
		       struct err *e);

#endif
