/*
 * Is a line what telegram/json.h writes? For those who get it over a socket
 * and hand it on to browsers: nothing else may pass.
 */
#ifndef TELEGRAM_JSON_CHECK_H
#define TELEGRAM_JSON_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/*
 * true: one object without a blank, each key known, at most once, with a value
 * of its type: a number of at most 15 digits with as many decimals as its unit
 * has, a text in the escapes of base/jsonout.h, a date that exists; and lists
 * no longer than a reading's. *utc gets its time, INT64_MIN when it has none.
 */
bool json_check(struct span line, int64_t *utc);

#endif
