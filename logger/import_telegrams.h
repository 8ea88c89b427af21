/*
 * Import archived telegrams into the journal, along the same path as live ones.
 */
#ifndef LOGGER_IMPORT_TELEGRAMS_H
#define LOGGER_IMPORT_TELEGRAMS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/import_times.h"
#include "logger/refusal_counts.h"
#include "logger/store.h"
#include "telegram/reader.h"

struct import {
	struct store *store; /* open */
	const struct clock *clock;
	struct timefrom timefrom;
	struct reader_options how; /* for reading telegrams */
	bool show;		   /* a progress bar on stderr */
	/* counts so far */
	int64_t telegrams, rows, untimed;
	int64_t unset; /* dated by a clock that was never set */
	int64_t held;  /* objects whose readings are held */
	struct refusal_counts refused;
};

/*
 * Read one file completely (as in source_open) and commit. Returns 0, or a
 * negative code; what was read before an error is in the journal. Constant
 * memory.
 */
int import_telegrams_file(struct import *im, const char *name, struct err *e);

/*
 * After the last file, with the lock released: update the RRD files. `rc` is
 * the result of the import; it and its error take precedence.
 */
int import_telegrams_follow(const struct import *im,
			    const struct store_options *o, int rc,
			    struct err *e);

#endif
