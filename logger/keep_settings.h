/* Convert the settings of [keep]. */
#ifndef LOGGER_KEEP_SETTINGS_H
#define LOGGER_KEEP_SETTINGS_H

#include <stdio.h>

#include "base/all_settings.h"
#include "storage/journal/keep_rules.h"

/*
 * Fill *rules from the settings. Returns 0, or ERR_CONFIG, which names the key.
 */
int keep_settings_read(struct keep_rules *rules, const struct all_settings *s,
		       struct err *e);

/*
 * Returns the expected size of the database after `years`, in MB, for a meter
 * with three phases and one M-Bus meter; `s` has passed keep_settings_read.
 */
double keep_settings_size(const struct all_settings *s, double years);

/* Print a line about the sizes after one and ten years. */
void keep_settings_print(const struct all_settings *s, FILE *out);

#endif
