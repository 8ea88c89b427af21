/* Import counters that another program stored (logger/readings_csv.h). */
#ifndef LOGGER_IMPORT_READINGS_H
#define LOGGER_IMPORT_READINGS_H

#include "logger/import_telegrams.h"

/*
 * Check all lines of all files ("-": standard input), then open im->store and
 * import them, on the path of live readings. im->telegrams counts the readings.
 * Returns 0 or a negative code: ERR_FORMAT names file and line, and nothing was
 * stored.
 */
int import_readings(struct import *im, const struct store_options *o,
		    int64_t wait_s, char **names, struct err *e);

#endif
