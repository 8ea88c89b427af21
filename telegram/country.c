#include "telegram/country.h"

#include <stdbool.h>

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

/* "*kV)": few telegrams have a 'V' except in the unit of a voltage. */
static bool prints_kilovolts(struct span s)
{
	const struct span before = SPAN("*k");
	struct span head, rest = s;

	while (span_cut(&rest, 'V', &head))
		if (head.n >= before.n && rest.n > 0 && *rest.p == ')' &&
		    memcmp(rest.p - 1 - before.n, before.p, before.n) == 0)
			return true;
	return false;
}

int country_base(struct span telegram)
{
	enum { IRELAND = 0, MIDDLE = HOUR_S, EAST = 2 * HOUR_S };
	struct span rest = telegram, header = telegram;

	span_cut(&rest, '\n', &header);
	if (contains(header, SPAN("MIE5")))
		return IRELAND;
	if (span_starts(header, SPAN("/ESO5")) || prints_kilovolts(telegram))
		return EAST;
	return MIDDLE;
}
