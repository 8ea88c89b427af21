/*
 * Decide whether the CRC of a telegram is right. Headers contain slashes and
 * noise runs into them, so it also decides which '/' starts the telegram.
 */
#ifndef TELEGRAM_CHECK_CRC_H
#define TELEGRAM_CHECK_CRC_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Find the start of the telegram whose CRC (DSMR 5.0.2 P1, 6.2: CRC-16 from '/'
 * to '!') is `crc`, in `bytes` that end with its '!': the last matching '/' at
 * the start of a line, else the last matching '/'. Line ends may have lost
 * their CR. Returns its offset, or that of the '!' if no '/' matches: the CRC
 * is wrong.
 */
size_t check_crc(struct span bytes, uint16_t crc);

#endif
