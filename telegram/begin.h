/*
 * Which '/' begins a telegram. Headers contain slashes, noise runs into a
 * header without a line end, and a telegram that was cut short runs into the
 * next: so the CRC decides, and where there is none, the last header.
 */
#ifndef TELEGRAM_BEGIN_H
#define TELEGRAM_BEGIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Where in `bytes`, which end with the '!', the telegram begins whose CRC (DSMR
 * 5.0.2 P1, 6.2: CRC-16 from '/' to '!') is `crc`: the last such '/' at the
 * start of a line, else the last of all. Line ends may have lost their CR. The
 * place of the '!' when it is right from nowhere.
 */
size_t begin_by_crc(struct span bytes, uint16_t crc);

/*
 * Where in `bytes` the last header line with a data line below it begins; their
 * length when there is none. What the line holds before its '/' counts as noise
 * unless the line is a header with it; the same maker twice in a line is one
 * header that was cut short, and the next.
 */
size_t begin_by_header(struct span bytes);

#endif
