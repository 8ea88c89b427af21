/*
 * The dated files of a folder of backups: p1logger-2026-11-21T0700Z.db is one
 * of p1logger.db, made at that minute of UTC.
 */
#ifndef STORAGE_DB_ROTATION_H
#define STORAGE_DB_ROTATION_H

#include <stdint.h>

#include "base/err.h"

enum { GENERATION_PATH = 1024 }; /* bytes of a path, NUL included */

/* The path "START""END". 0, or ERR_CONFIG when it is too long. */
int generation_join(char path[static GENERATION_PATH], const char *start,
		    const char *end, struct err *e);

/* 0 and the path in `folder`, or ERR_CONFIG: too long. */
int generation_path(char path[static GENERATION_PATH], const char *folder,
		    const char *database, int64_t now, struct err *e);

/*
 * Remove what is not wanted any more: of each UTC day the newest is kept, of
 * the `keep` newest days (1 or more) that have one. Whatever has an older
 * reading than all newer ones stays besides: when a database was lost, the
 * copies of the one that was begun again do not push out those of the one
 * before. `made`, the path of the last one, always stays; so does what is not
 * named as above, and what may not be read. How many were removed, or a negative
 * code.
 */
int rotation_prune(const char *folder, const char *database, const char *made,
		   int64_t keep, struct err *e);

#endif
