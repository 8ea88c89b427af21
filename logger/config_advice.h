/* p1logger --check-config: settings that are allowed, but probably a mistake. */
#ifndef LOGGER_CONFIG_ADVICE_H
#define LOGGER_CONFIG_ADVICE_H

#include "base/all_settings.h"
#include "base/log.h"

/*
 * Log a warning, with the remedy, for each setting that has no effect, names
 * what does not exist, or has an unlikely value. `s` has passed all checks.
 */
void config_advice(const struct all_settings *s, const struct log *log);

#endif
