/*
 * When a reading was: its times as UTC, and whose clock they are.
 *
 * Live, the meter's clock counts unless it is absurd: an hour or more off a
 * machine whose own clock is synchronised, or nearly an hour, as when its S or W
 * is wrong. A telegram without a time (DSMR 2.2
 * and 3.0) has the machine's. From a file the telegram's clock alone counts; one
 * without, or from before 2008, gets a computed time when the user says how, else
 * none, or the one that it has.
 */
#ifndef LOGGER_TIMESTAMP_H
#define LOGGER_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "logger/offset.h"
#include "telegram/reading.h"

struct stamper {
	const struct clock *clock; /* NULL: the readings come from a file */
	bool compute;  /* of a file: give those without a time, or with one
	                         that cannot be true, the next */
	int64_t next;  /* UTC of the next computed time */
	int64_t step;  /* seconds from one computed time to the next */
	bool compared; /* the last reading was live, had a time, and the
	                         machine's clock is synchronised */
	int64_t skew;  /* meter's clock - machine's, of the last reading
	                         that was live and had both; seconds */
	bool skewed;   /* there is one, of the last reading */
	bool absurd;   /* and the machine's counted because of it */
	bool jumped;   /* it is the machine's that cannot be */
	bool right;    /* the meter's clock was, at ... */
	int64_t right_ms, right_utc; /* ... this instant, by it and monotonic */
	int64_t last[MBUS_CHANNELS]; /* last stamp of a channel, UTC */
	int64_t last_value[MBUS_CHANNELS]; /* and what it said */
};

/* Of live readings (clock, borrowed), or of a file's (NULL). */
void stamper_begin(struct stamper *s, const struct clock *clock);

/*
 * From now on the readings without a time are at `first`, + step, ...; those too
 * whose meter's clock was never set.
 */
void stamper_compute(struct stamper *s, int64_t first, int64_t step);

/* Does a telegram have a time from before there were such meters (2008)? */
bool timestamp_is_unset(const struct timestamp *t);

/*
 * Make every stamp of *r TIMESTAMP_UTC or TIMESTAMP_NONE and set r->source. A time
 * without S or W is local, as localday_use said; in the hour that happens twice
 * it is the first one not before the channel's last, or the second when that is
 * another value. Of a meter whose clock is
 * absurd or was never set the M-Bus stamps are moved by the same error, to the
 * minute; live, one that lies more than an hour ahead of the machine is none.
 *
 * false: the reading itself has no time (REFUSED_NO_TIME); its M-Bus values may.
 */
bool timestamp_reading(struct stamper *s, struct reading *r);

/* What the reading just stamped tells of its meter's clock, as offset_see. */
bool timestamp_offset(const struct stamper *s, const struct reading *r,
		      struct offset *o);

#endif
