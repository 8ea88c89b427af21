/* Times for archived telegrams without one (DSMR 2.2 and 3.0). */
#ifndef LOGGER_IMPORT_TIMES_H
#define LOGGER_IMPORT_TIMES_H

#include <stdint.h>

#include "base/err.h"

enum timefrom_kind {
	TIMEFROM_NONE,	/* they are refused: no-time */
	TIMEFROM_STAMP, /* the first is at `first`; continues over files */
	TIMEFROM_MTIME, /* a file's last one is at its modification time */
};

struct timefrom {
	enum timefrom_kind kind;
	int64_t first; /* TIMEFROM_STAMP: UTC */
	int64_t step;  /* seconds between telegrams */
};

/*
 * Read "2013-01-05T10:00:00Z+10" (time of the first telegram, UTC with Z, else
 * local; seconds between telegrams), "mtime" or "mtime+60" (default 10 s).
 * ERR_USAGE says what is wrong.
 */
int timefrom_parse(const char *text, struct timefrom *out, struct err *e);

#endif
