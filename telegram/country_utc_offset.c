#include "telegram/country_utc_offset.h"

#include "base/utc.h"

static bool contains(struct span s, struct span what)
{
	const char *at;

	while (s.n >= what.n && (at = memchr(s.p, *what.p, s.n)) != NULL) {
		s = span_skip(s, (size_t)(at - s.p));
		if (s.n >= what.n && memcmp(at, what.p, what.n) == 0)
			return true;
		s = span_skip(s, 1);
	}
	return false;
}

int country_utc_offset(struct span header, bool kilovolts)
{
	enum { IRELAND = 0, MIDDLE = HOUR_S, EAST = 2 * HOUR_S };

	if (contains(header, SPAN("MIE5")))
		return IRELAND;
	return kilovolts || span_starts(header, SPAN("/ESO5")) ? EAST : MIDDLE;
}
