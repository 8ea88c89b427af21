/*
 * Find the '/' that starts a telegram. Headers contain slashes, noise runs into
 * a header without a line end, and a truncated telegram runs into the next one:
 * so the CRC decides, and without a CRC the last header does.
 */
#ifndef TELEGRAM_FIND_START_H
#define TELEGRAM_FIND_START_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Start of the telegram whose CRC (DSMR 5.0.2 P1, 6.2: CRC-16 from '/' to '!')
 * is `crc`, in `bytes` that end with the '!': the last matching '/' at the
 * start of a line, else the last of all. Line ends may have lost their CR.
 * Returns the offset of the '!' if no start matches.
 */
size_t find_start_by_crc(struct span bytes, uint16_t crc);

/*
 * Start of the last header line in `bytes` that is followed by a data line;
 * their length if there is none. Text in that line before the '/' is noise
 * unless it makes a header together with the line; the same manufacturer twice
 * in a line is a truncated header and the next one.
 */
size_t find_start_by_header(struct span bytes);

#endif
