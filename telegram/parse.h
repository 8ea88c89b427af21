/*
 * Parse the text of one complete telegram into a reading. Pure: no allocation,
 * no clock. An unreadable line costs only that line.
 */
#ifndef TELEGRAM_PARSE_H
#define TELEGRAM_PARSE_H

#include "base/span.h"
#include "telegram/lines.h"
#include "telegram/reading.h"

/*
 * Parse the telegram `text` ('/' to '!' and its CRC) into *r, whose spans point
 * into it. `base` is the offset of the meter's winter time from UTC in seconds
 * (3600 in most of Europe): UTC = local - base - (S ? 3600 : 0). Returns false
 * if there is no header or no readable line.
 */
bool telegram_parse(struct span text, int base, struct reading *r);

/*
 * For meters that print returned power as negative import: set the other
 * direction to 0, so that no value from before sunset remains.
 */
void telegram_no_minus(struct reading *r);

#endif
