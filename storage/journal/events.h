/*
 * What a meter says seldom: logs of power failures and month peaks, messages,
 * its header, the quarter-hour's demand. Kept when it differs from what was
 * seen before, until the next commit.
 */
#ifndef STORAGE_JOURNAL_EVENTS_H
#define STORAGE_JOURNAL_EVENTS_H

#include "base/err.h"
#include "storage/journal/allowance.h"
#include "telegram/reading.h"

/* What ts, v and text are. What a kind has no use for is 0 or "". */
enum note_kind {
	NOTE_DEMAND,   /* v: average, peak, time of the peak */
	NOTE_PEAK,     /* ts: end of the month; v: W, time of the peak */
	NOTE_FAILURE,  /* ts: its end; v: seconds */
	NOTE_MESSAGE,  /* text: message, code */
	NOTE_IDENTITY, /* v: place in struct meters; text: header, version */
	NOTE_CLOCK,    /* v: meter's - machine's, s; is that synchronised? */
	NOTE_KINDS
};

enum {
	NOTE_VALUES = 3,
	NOTE_TEXTS = 2,
	DEMAND_QUARTER = 900,
	CLOCK_STEP = 5,	  /* s, that a clock may be off before it is news */
	NOTE_MINUTE = 60, /* s, in which one message and one header is kept */
	NOTE_TEXT =
		2048, /* bytes of a text; DSMR 5.0.2 P1 6.12: 1024 characters */
	NOTE_NAME = 256, /* of a header, a version or a code */
};

struct note {
	enum note_kind kind;
	int64_t ts;
	unsigned have; /* bit i: v[i] is known */
	int64_t v[NOTE_VALUES];
	char *text[NOTE_TEXTS]; /* owned; NULL is "" */
};

struct events {
	struct note *list;
	size_t count, room;
	size_t bytes;		     /* of their texts */
	struct allowance *allowance; /* borrowed */
	struct events_seen *seen;
};

int events_open(struct events *n, struct allowance *a, struct err *e);
void events_close(struct events *n); /* also of a zeroed one */

/*
 * Note what is new in a reading of TIMESTAMP_UTC from the meter at place `meter`,
 * as far as it is allowed. A text that changes more often than once a minute is
 * noted as it is at the first reading of the next. 0 or ERR_FAILED.
 */
int events_put(struct events *n, const struct reading *r, int meter,
	       struct err *e);

/*
 * At `ts` the meter's clock was so many seconds ahead of the machine's; noted
 * when that changed by more than a few.
 */
int events_clock(struct events *n, int64_t ts, int64_t skew, bool synchronised,
		 struct err *e);

/* The place of the meter that was seen last is not valid any more. */
void events_forget_meter(struct events *n);

/* Are there so many that they should be written now? */
bool events_full(const struct events *n);

/* All was written: forget the list. */
void events_clear(struct events *n);

#endif
