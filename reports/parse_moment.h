/* Parse an instant that a person wrote, in the database's local time. */
#ifndef REPORTS_PARSE_MOMENT_H
#define REPORTS_PARSE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Read "2026-03-10 12:36" or "2026-03-10 12:36:10" (also with T), local time
 * (in the repeated hour in autumn the first, unless an offset follows):
 * "2026-10-25 02:30+01:00"; "2026-03-10T11:36:10Z", UTC; "2026-03-10",
 * "2026-03", "2026", "today", "yesterday": the start of that period or, if
 * `end`, its end; "now". ERR_USAGE for anything else. localday_use must have
 * been called.
 */
int parse_moment(const char *text, int64_t now, bool end, int64_t *out,
		 struct err *e);

#endif
