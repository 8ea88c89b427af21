/*
 * The archives of the RRD files: how long values per step, hour and day are
 * kept. This table and rrd/columns.h create the files and recognise ours;
 * docs/rrd.md explains them.
 */
#ifndef RRD_ARCHIVES_H
#define RRD_ARCHIVES_H

#include <stdint.h>

#include "telegram/reading.h"

enum {
	/*
	 * Raise it if old files must be rebuilt: data sources, archives or the
	 * rules for filling them changed.
	 */
	LAYOUT_VERSION = 1,
	ARCHIVES_STEP = 300,	  /* seconds */
	ARCHIVES_HEARTBEAT = 600, /* exceeded only in long gaps (steps.h) */
};

/* An archive, present in every file. */
struct archive {
	const char *cf; /* "AVERAGE", "MAX" */
	double unknown; /* fraction of its steps that may be unknown (xff) */
	int64_t width;	/* seconds per row, a multiple of ARCHIVES_STEP */
	int64_t rows;
};

enum { ARCHIVE_COUNT = 6 };

extern const struct archive archives[ARCHIVE_COUNT];

/* Time span of the longest archive in seconds. */
int64_t archives_reach(void);

/*
 * Two readings further apart than this many seconds enclose a gap, unless the
 * readings before them were as sparse (see rrd/steps.h).
 */
int64_t archives_gap(enum medium m);

#endif
