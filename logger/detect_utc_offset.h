/*
 * Find the offset of the meter's winter time from UTC by comparing the meter's
 * clock with this machine's while that is synchronised.
 *
 * A lasting difference near a full hour means another country than assumed: 0
 * in Ireland, one hour in most of Europe, two in Finland and Lithuania. No
 * other offset is ever taken from a clock: a meter that prints S in winter, as
 * seen on Irish ones, or W in summer is wrong by an hour in the other
 * direction, or only for a season; meanwhile its readings get the machine's
 * time (logger/choose_reading_time.h).
 */
#ifndef LOGGER_DETECT_UTC_OFFSET_H
#define LOGGER_DETECT_UTC_OFFSET_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/reader.h"

/* What is known so far; zeroed at first. Stored between runs. */
struct utc_offset {
	bool known;	/* `base` was detected */
	int base;	/* seconds */
	bool suspected; /* since `since` the clocks suggest `suspect` */
	int suspect;
	int64_t since; /* UTC */
};

/*
 * Take a live reading whose times were read with the offset `base`: the meter's
 * clock is `skew` seconds ahead of the machine's, which is synchronised and
 * shows `now`. Returns true if o->base was detected or has changed.
 */
bool utc_offset_see(struct utc_offset *o, int base, int64_t skew, int64_t now);

/* Add the detected offset to `how`, unless the user has set one. */
struct reader_options utc_offset_use(const struct utc_offset *o,
				     const struct reader_options *how);

#endif
