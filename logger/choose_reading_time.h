/*
 * Choose the time of a reading in UTC, and its source.
 *
 * Live, the meter's clock is used unless it is implausible: an hour or more, or
 * nearly an hour, as with a wrong S or W, off a machine whose clock is
 * synchronised. A telegram without a time (DSMR 2.2 and 3.0) gets the
 * machine's. From a file only the telegram's own time is used; a telegram
 * without a time, or with one before 2008, gets a computed time if the user
 * says how, else it has none or keeps its own.
 */
#ifndef LOGGER_CHOOSE_READING_TIME_H
#define LOGGER_CHOOSE_READING_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "logger/detect_utc_offset.h"
#include "telegram/reading.h"

struct timestamper {
	const struct clock *clock; /* NULL: readings come from a file */
	bool compute;  /* file: give computed times to readings with a
			  missing or impossible one */
	int64_t next;  /* next computed time, UTC */
	int64_t step;  /* seconds between computed times */
	bool compared; /* the last reading was live and had a time, and the
			  machine's clock is synchronised */
	int64_t skew;  /* meter's clock - machine's, at the last live reading
			  with both; seconds */
	bool skewed;   /* known for the last reading */
	bool absurd;   /* the machine's clock was used because of it */
	bool jumped;   /* it is the machine's clock that is wrong */
	bool right;    /* the meter's clock was right at ... */
	int64_t right_ms, right_utc;	   /* ... this time, by its clock and
					monotonic */
	int64_t last[MBUS_CHANNELS];	   /* last time of a channel, UTC */
	int64_t last_value[MBUS_CHANNELS]; /* and its value */
};

/* Start for live readings, with a borrowed clock, or for a file, with NULL. */
void timestamp_begin(struct timestamper *s, const struct clock *clock);

/*
 * Compute times `first`, + step, ... for readings without one, and for meters
 * whose clock was never set.
 */
void timestamp_compute(struct timestamper *s, int64_t first, int64_t step);

/* Is the telegram's time before the first P1 meters (2008)? */
bool timestamp_is_unset(const struct timestamp *t);

/*
 * Convert all times of *r to TIMESTAMP_UTC or TIMESTAMP_NONE and set r->source.
 * A time without S or W is local by localday_use; in the repeated hour it is
 * the first match not before the channel's last time, or the second one if the
 * value differs. If the meter's clock is implausible or was never set, M-Bus
 * times are corrected by the same error, to the minute; live, a time more than
 * an hour ahead of the machine's is dropped.
 *
 * Returns false if the reading itself has no time (REFUSED_NO_TIME); its M-Bus
 * values may have one.
 */
bool timestamp_reading(struct timestamper *s, struct reading *r);

/* Pass the clocks of the last reading to utc_offset_see. */
bool timestamp_offset(const struct timestamper *s, const struct reading *r,
		      struct utc_offset *o);

#endif
