/*
 * Find the '/' that starts a telegram without a CRC: that of the last header.
 * If there is a CRC, it decides instead (check_crc.h).
 */
#ifndef TELEGRAM_FIND_START_H
#define TELEGRAM_FIND_START_H

#include <stddef.h>

#include "base/span.h"

/*
 * Returns the offset of the last header line in `bytes` that is followed by a
 * data line, or bytes.n if there is none. Text before the '/' in that line is
 * noise, unless both together form a header; a manufacturer that appears twice
 * in a line belongs to a truncated header and the next one.
 */
size_t find_start(struct span bytes);

#endif
