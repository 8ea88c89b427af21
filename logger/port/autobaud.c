#include "logger/port/autobaud.h"

#include "logger/port/byte_kinds.h"
#include "logger/port/speeds.h"

enum {
	BURST_END_MS = 500, /* a pause this long ends a telegram or noise */
	LISTEN_MS = 12000,  /* the longest meter interval plus a telegram */
	BYTES_MIN = 16,	    /* fewer prove nothing */
	TEXT_PERCENT = 90,  /* in a telegram with line noise */
};

void autobaud_begin(struct autobaud *t, int64_t now_ms)
{
	t->since_ms = t->byte_ms = now_ms;
	t->all = t->text = 0;
}

void autobaud_hear(struct autobaud *t, const char *bytes, size_t n,
		   int64_t now_ms)
{
	t->text += byte_kinds_text((struct span){ bytes, n });
	t->all += (int64_t)n;
	t->byte_ms = now_ms;
}

static bool garbage(const struct autobaud *t)
{
	return t->all >= BYTES_MIN && t->text * 100 < t->all * TEXT_PERCENT;
}

int64_t autobaud_due(const struct autobaud *t)
{
	int64_t due = t->since_ms + LISTEN_MS;

	if (garbage(t) && t->byte_ms + BURST_END_MS < due)
		due = t->byte_ms + BURST_END_MS;
	return due;
}

bool autobaud_turn(struct autobaud *t, int64_t now_ms)
{
	if (now_ms < autobaud_due(t))
		return false;
	t->speed = (t->speed + 1) % SPEED_COUNT;
	return true;
}
