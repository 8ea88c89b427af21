/* Database maintenance: p1logger --backup, --restore and --verify. */
#ifndef LOGGER_MAINTENANCE_MODES_H
#define LOGGER_MAINTENANCE_MODES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/log.h"
#include "logger/store.h"

/*
 * Back up the database to `folder`, keeping copies of `keep` days (0: the
 * default), and log the result with --verbose, or write it to `json`, unless
 * NULL, as a line of JSON. Returns 0 or a negative code.
 */
int maintenance_backup(const char *database, const char *folder, int64_t keep,
		       FILE *json, const struct log *log, struct err *e);

/*
 * Verify the backup `file`, or if NULL the database's last one; write problems
 * to `out`, or a full result as a line of JSON. Returns 0 if correct,
 * ERR_FORMAT if there are problems, or the error that prevented the check.
 */
int maintenance_verify_backup(const char *database, const char *file, bool json,
			      FILE *out, struct err *e);

/*
 * Replace the database with the backup `file`, upgrade it to this program's
 * schema, and update the RRD files. Returns 0 or a negative code; ERR_BUSY if a
 * service or another p1logger holds the lock.
 */
int maintenance_restore(const struct store_options *how, const char *file,
			bool force, const struct log *log, struct err *e);

/*
 * Recompute everything derived from the readings. Returns 0 or a negative code;
 * ERR_BUSY if a service or another p1logger holds the lock for longer than
 * wait_s.
 */
int maintenance_repair(const struct store_options *how, int64_t wait_s,
		       struct err *e);

/*
 * Verify the database and the RRD files; write a line per problem to `out`,
 * then the ages of the last reading and backup. Returns 0 if correct,
 * ERR_FORMAT if there are problems, or the error that prevented the check.
 */
int maintenance_verify(const struct store_options *how, FILE *out,
		       struct err *e);

#endif
