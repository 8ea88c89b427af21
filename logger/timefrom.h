/* Times for archived telegrams that have none (DSMR 2.2 and 3.0). */
#ifndef LOGGER_TIMEFROM_H
#define LOGGER_TIMEFROM_H

#include <stdint.h>

#include "base/err.h"

enum timefrom_kind {
	TIMEFROM_NONE,	/* they are refused: no-time */
	TIMEFROM_STAMP, /* the first one is of `first`; goes on over files */
	TIMEFROM_MTIME, /* a file's last one is of when it was last written */
};

struct timefrom {
	enum timefrom_kind kind;
	int64_t first; /* TIMEFROM_STAMP: UTC */
	int64_t step;  /* seconds between two telegrams */
};

/*
 * Read "2013-01-05T10:00:00Z+10" (the first telegram's time, UTC with Z, else
 * local; seconds to the next), "mtime" or "mtime+60" (10 s when left out).
 * ERR_USAGE says what is wrong.
 */
int timefrom_parse(const char *text, struct timefrom *out, struct err *e);

#endif
