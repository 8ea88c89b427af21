/*
 * The text of one whole telegram -> a reading. Pure: no allocation, no clock.
 * A line that cannot be read costs that line only.
 */
#ifndef TELEGRAM_PARSE_H
#define TELEGRAM_PARSE_H

#include "base/span.h"
#include "telegram/lines.h"
#include "telegram/reading.h"

/*
 * Read the telegram `text` ('/' to '!' and its CRC) into *r, whose spans then
 * borrow from it. `base` is the offset of the meter's winter time from UTC in
 * seconds (3600 in most of Europe): UTC = local - base - (S ? 3600 : 0).
 * false: there is no header or no line that can be read.
 */
bool telegram_parse(struct span text, int base, struct reading *r);

/*
 * The reading of a meter that says returned power with a minus: what it draws it
 * does not return, so that no value of before the sun went stays.
 */
void telegram_no_minus(struct reading *r);

#endif
