#include "storage/journal/flood_limit.h"

#include "base/utc.h"

enum {
	MONTH_S = 31 * DAY_S, /* for rows: a gateway that catches up */
	FEWEST = 500,	      /* rows, for any interval */
	A_MINUTE = 60,	      /* identifiers: one a minute */
	NOTES = 400, /* a message and a header a minute, and the logs */
	NOTE_BYTES = 256 * 1024,
	EXTRAS = 32, /* as many references as [log] extra takes */
	EXTRA_BYTES = 4 * 1024 * 1024,
};

void flood_limit_begin(struct flood_limit *a, long interval)
{
	size_t rows = MONTH_S / (size_t)interval + FEWEST;

	*a = (struct flood_limit){ 0 };
	a->most[ALLOW_ROWS].count = rows;
	a->most[ALLOW_VALUES].count = rows;
	a->most[ALLOW_NOTES].count = NOTES;
	a->most[ALLOW_EXTRA].count = EXTRAS * rows;
	a->most[ALLOW_METERS].count = A_MINUTE;
	for (int i = 0; i < ALLOW_KINDS; i++) {
		a->most[i].bytes = NOTE_BYTES;
		a->used[i].since = INT64_MIN;
	}
	a->most[ALLOW_EXTRA].bytes = EXTRA_BYTES;
}

bool flood_limit_take(struct flood_limit *a, enum flood_limit_kind kind,
		      size_t bytes)
{
	if (!a->live)
		return true;
	if (a->used[kind].since == INT64_MIN || a->now < a->used[kind].since ||
	    a->now - a->used[kind].since >= HOUR_S) {
		a->used[kind].since = a->now;
		a->used[kind].count = a->used[kind].bytes = 0;
	}
	if (a->used[kind].count >= a->most[kind].count ||
	    a->used[kind].bytes + bytes > a->most[kind].bytes) {
		a->beyond++;
		return false;
	}
	a->used[kind].count++;
	a->used[kind].bytes += bytes;
	return true;
}
