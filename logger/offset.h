/*
 * How far the winter time of the meter's country is ahead of UTC, found by
 * comparing the meter's clock with this machine's, when that is synchronised.
 *
 * A difference near a whole hour that lasts means another country than was
 * taken: 0 in Ireland, one hour in most of Europe, two in Finland and
 * Lithuania. No other is ever taken from a clock: a meter that prints S in
 * winter, as Irish ones were seen to, or W in its summer, is wrong by an hour
 * in a direction that no country of these has, or only for a season; while it
 * is, the reading has the machine's time (logger/timestamp.h).
 */
#ifndef LOGGER_OFFSET_H
#define LOGGER_OFFSET_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/reader.h"

/* What is known so far; zeroed to begin with. Kept between runs. */
struct offset {
	bool known;	/* `base` was found */
	int base;	/* seconds */
	bool suspected; /* since `since` the clocks speak for `suspect` */
	int suspect;
	int64_t since; /* UTC */
};

/*
 * A live reading, of which stamps were read with the offset `base`: the meter's
 * clock is then `skew` seconds ahead of the machine's, which is synchronised
 * and shows `now`. true: o->base is found, or another than before.
 */
bool offset_see(struct offset *o, int base, int64_t skew, int64_t now);

/* `how` with what was found, unless the user has said the offset. */
struct reader_options offset_use(const struct offset *o,
				 const struct reader_options *how);

#endif
