/* Convert the times of a telegram to UTC, if they say S or W. */
#ifndef TELEGRAM_PARSE_TIMESTAMP_H
#define TELEGRAM_PARSE_TIMESTAMP_H

#include "telegram/reading.h"

/*
 * Read a time as printed in a telegram: YYMMDDhhmmss, optionally followed by S
 * (summer) or W (winter), which makes it TIMESTAMP_UTC; or YY-MM-DD hh:mm:ss
 * (ACE4000). `base` as in telegram_parse. Returns TIMESTAMP_NONE if it is not a
 * date.
 */
struct timestamp parse_timestamp(struct span text, int base);

#endif
