/*
 * The text of one whole telegram -> a reading. Pure: no allocation, no clock.
 * A line that cannot be read costs that line only.
 */
#ifndef TELEGRAM_PARSE_H
#define TELEGRAM_PARSE_H

#include "base/span.h"
#include "telegram/reading.h"

/* One data line, cut in two. */
struct line {
	struct span obis;   /* "1-0:1.8.1", group F ("*255") left out */
	struct span groups; /* "(...)(...)", both brackets included */
};

/*
 * Step through the data lines of a telegram, header and '!' left out. A value
 * that the meter broke over several lines comes as one. Begin with *rest = the
 * whole telegram; false at its end. Lines that are none are skipped.
 */
bool telegram_line(struct span *rest, struct line *out);

/* Cut the first "( ... )" off *groups, brackets left out. False: none left. */
bool telegram_group(struct span *groups, struct span *value);

/*
 * Read the telegram `text` ('/' to '!' and its CRC) into *r, whose spans then
 * borrow from it. `base` is the offset of the meter's winter time from UTC in
 * seconds (3600 in most of Europe): UTC = local - base - (S ? 3600 : 0).
 * false: there is no header or no line that can be read.
 */
bool telegram_parse(struct span text, int base, struct reading *r);

#endif
