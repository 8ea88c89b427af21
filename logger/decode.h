/* Telegrams as JSON lines, for the curious and for pipes; keeps nothing. */
#ifndef LOGGER_DECODE_H
#define LOGGER_DECODE_H

#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "logger/refusals.h"
#include "telegram/reader.h"

struct decoded {
	int64_t telegrams;
	struct refusals refused;
};

/*
 * Write each valid telegram of `name` (as source_open has it), read as `how`
 * says, to `out` as one
 * line, to the end of the file, and add to *sum what came of it. 0;
 * ERR_IO when `out` cannot be written, else as source_open and source_read say.
 */
int decode_run(const char *name, const struct reader_options *how, FILE *out,
	       const struct clock *clock, struct decoded *sum, struct err *e);

#endif
