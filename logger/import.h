/* Archived telegrams into the journal, by the same path as live ones. */
#ifndef LOGGER_IMPORT_H
#define LOGGER_IMPORT_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/refusals.h"
#include "logger/store.h"
#include "logger/timefrom.h"
#include "telegram/reader.h"

struct import {
	struct store *keep; /* open */
	const struct clock *clock;
	struct timefrom timefrom;
	struct reader_options how; /* to read telegrams */
	bool show;		   /* a progress bar on stderr */
	/* what came of it so far */
	int64_t telegrams, rows, untimed;
	int64_t unset; /* telegrams of a meter whose clock was never set */
	int64_t held;  /* objects of readings that are held */
	struct refusals refused;
};

/*
 * Read all of one file (as source_open has it) and commit it: 0, or a negative
 * code; what was read before an error is in the journal. Constant memory.
 */
int import_file(struct import *im, const char *name, struct err *e);

/*
 * After the last file, when the lock is given back: let the RRD files follow
 * what was read. `rc` is what came of the files; it and its error come first.
 */
int import_follow(const struct import *im, const struct store_options *o,
		  int rc, struct err *e);

#endif
