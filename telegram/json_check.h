/*
 * Check a line against the output of telegram/json.h, for programs that receive
 * it over a socket and pass it on to browsers: nothing else may get through.
 */
#ifndef TELEGRAM_JSON_CHECK_H
#define TELEGRAM_JSON_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Accepts one object without blanks: known keys, each at most once, with a
 * value of its type (a number of at most 15 digits with the decimals of its
 * unit, a text with the escapes of base/jsonout.h, an existing date) and lists
 * no longer than a reading's. *utc receives the reading's time, or INT64_MIN.
 */
bool json_check(struct span line, int64_t *utc);

#endif
