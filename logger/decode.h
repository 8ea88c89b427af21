/* Print telegrams as JSON lines; stores nothing. */
#ifndef LOGGER_DECODE_H
#define LOGGER_DECODE_H

#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/refusal_counts.h"
#include "telegram/reader.h"

struct decoded {
	int64_t telegrams;
	struct refusal_counts refused;
};

/*
 * Read `name` (as in source_open) to its end with the options `how`, write each
 * valid telegram to `out` as one line, and add the counts to *sum. Returns 0,
 * ERR_IO if `out` cannot be written, or the error of source_open or
 * source_read.
 */
int decode_run(const char *name, const struct reader_options *how, FILE *out,
	       const struct clock *clock, struct decoded *sum, struct err *e);

#endif
