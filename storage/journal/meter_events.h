/*
 * Values that a meter rarely sends or changes: logs of power failures and month
 * peaks, messages, its header, the quarter-hour's demand. A value is kept until
 * the next commit if it differs from what was seen before.
 */
#ifndef STORAGE_JOURNAL_METER_EVENTS_H
#define STORAGE_JOURNAL_METER_EVENTS_H

#include "base/err.h"
#include "storage/journal/flood_limit.h"
#include "telegram/reading.h"

/* The meaning of ts, v and text for each kind; unused ones are 0 or "". */
enum event_kind {
	EVENT_DEMAND,	/* v: average, peak, time of the peak */
	EVENT_PEAK,	/* ts: end of the month; v: W, time of the peak */
	EVENT_FAILURE,	/* ts: its end; v: seconds */
	EVENT_MESSAGE,	/* text: message, code */
	EVENT_IDENTITY, /* v: index in struct meters; text: header, version */
	EVENT_CLOCK, /* v: meter's clock minus machine's, s; is the machine's synchronised? */
	EVENT_KINDS
};

enum {
	EVENT_VALUES = 3,
	EVENT_TEXTS = 2,
	DEMAND_QUARTER = 900,
	CLOCK_STEP = 5, /* seconds that a clock may drift before it is noted */
	EVENT_MINUTE =
		60, /* s, in which one message and one header is stored */
	EVENT_TEXT =
		2048, /* bytes of a text; DSMR 5.0.2 P1 6.12: 1024 characters */
	EVENT_NAME = 256, /* for a header, a version or a code */
};

struct event {
	enum event_kind kind;
	int64_t ts;
	unsigned have; /* bit i: v[i] is known */
	int64_t v[EVENT_VALUES];
	char *text[EVENT_TEXTS]; /* owned; NULL is "" */
};

struct meter_events {
	struct event *list;
	size_t count, room;
	size_t bytes;		       /* total size of their texts */
	struct flood_limit *allowance; /* borrowed */
	struct meter_events_seen *seen;
};

int meter_events_open(struct meter_events *n, struct flood_limit *a,
		      struct err *e);
void meter_events_close(struct meter_events *n); /* safe if zeroed */

/*
 * Record what is new in a reading, within the limits. Its time is
 * TIMESTAMP_UTC; `meter` is the index of its meter. If a text changes more
 * often than once a minute, the one in the first reading of each minute is
 * noted. Returns 0 or ERR_FAILED.
 */
int meter_events_put(struct meter_events *n, const struct reading *r, int meter,
		     struct err *e);

/*
 * Record that the meter's clock was `skew` seconds ahead of the machine's at
 * `ts`, if `skew` has changed by more than a few seconds.
 */
int meter_events_clock(struct meter_events *n, int64_t ts, int64_t skew,
		       bool synchronised, struct err *e);

/* Forget the index of the last meter seen, which is no longer valid. */
void meter_events_forget_meter(struct meter_events *n);

/* Are there so many events that they should be written now? */
bool meter_events_full(const struct meter_events *n);

/* Everything was written: clear the list. */
void meter_events_clear(struct meter_events *n);

#endif
