/*
 * Find the '/' that starts a telegram without a CRC: the one of the last
 * header. With a CRC, that decides (check_crc.h).
 */
#ifndef TELEGRAM_FIND_START_H
#define TELEGRAM_FIND_START_H

#include <stddef.h>

#include "base/span.h"

/*
 * Start of the last header line in `bytes` that is followed by a data line;
 * their length if there is none. Text in that line before the '/' is noise
 * unless it makes a header together with the line; the same manufacturer twice
 * in a line is a truncated header and the next one.
 */
size_t find_start(struct span bytes);

#endif
