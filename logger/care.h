/* Care for the database: backups, proved; what p1logger --backup does. */
#ifndef LOGGER_CARE_H
#define LOGGER_CARE_H

#include "base/err.h"
#include "base/log.h"

/*
 * Back the database up to `folder`, keeping copies of `keep` days (0: as many
 * as is usual), and say with --verbose what was done. 0 or a negative code.
 */
int care_backup(const char *database, const char *folder, long keep,
		const struct log *log, struct err *e);

#endif
