/* How long all readings are kept, and how many of the older ones. */
#ifndef STORAGE_JOURNAL_KEEP_RULES_H
#define STORAGE_JOURNAL_KEEP_RULES_H

#include <stdint.h>

enum keep_kind {
	KEEP_ROWS,    /* tables electricity, mbus and extra */
	KEEP_PHASES,  /* table phases */
	KEEP_QUALITY, /* table quality */
	KEEP_KINDS
};

struct keep_rule {
	int64_t for_s; /* keep all this long, at least KEEP_LEAST_S; 0: forever */
	int64_t every_s; /* then one per KEEP_FINE_S or KEEP_COARSE_S */
};

enum {
	KEEP_LEAST_S = 86400,
	KEEP_FINE_S = 300,
	KEEP_QUARTER_S = 900,
	KEEP_COARSE_S = 3600,
	KEEP_LATE_S = 30, /* rows may be this much further apart than every_s */
};

struct keep_rules {
	struct keep_rule of[KEEP_KINDS];
};

#endif
