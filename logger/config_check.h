/* p1logger --check-config: checks of the settings that no other mode needs. */
#ifndef LOGGER_CONFIG_CHECK_H
#define LOGGER_CONFIG_CHECK_H

#include <stdio.h>

#include "base/all_settings.h"
#include "base/err.h"
#include "base/log.h"

/*
 * Check what p1web would refuse, and log a warning for what may be wrong: a
 * port that does not exist, a token that this user may not read, and what
 * config_advice reports. Returns 0 or ERR_CONFIG.
 */
int config_check_more(const struct all_settings *s, const struct log *log,
		      struct err *e);

/*
 * Write that the settings of `file` are valid, and those that differ from the
 * defaults. The file may be missing.
 */
void config_check_report(const struct all_settings *s, const char *file,
			 FILE *out);

#endif
