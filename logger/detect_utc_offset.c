#include "logger/detect_utc_offset.h"

#include <stddef.h>

#include "base/span.h"
#include "base/utc.h"

enum {
	NEAR_S = 150,  /* usual error of meters' clocks, with a margin */
	LASTS_S = 540, /* three runs of --once, five minutes apart */
};

static const int countries[] = { 0, HOUR_S, 2 * HOUR_S };

/* Find the country offset near `seconds`. Returns false if there is none. */
static bool find(int64_t seconds, int *base)
{
	for (size_t i = 0; i < COUNT(countries); i++)
		if (seconds >= countries[i] - NEAR_S &&
		    seconds <= countries[i] + NEAR_S) {
			*base = countries[i];
			return true;
		}
	return false;
}

bool utc_offset_see(struct utc_offset *o, int base, int64_t skew, int64_t now)
{
	int is;

	if (!find(base + skew, &is) || is == base) {
		o->suspected = false;
		return false;
	}
	if (!o->suspected || o->suspect != is || now < o->since) {
		o->suspected = true;
		o->suspect = is;
		o->since = now;
	}
	if (now - o->since < LASTS_S)
		return false;
	*o = (struct utc_offset){ .known = true, .base = is };
	return true;
}

struct reader_options utc_offset_use(const struct utc_offset *o,
				     const struct reader_options *how)
{
	struct reader_options out = *how;

	if (!how->base_known && o->known) {
		out.base_known = true;
		out.base = o->base;
	}
	return out;
}
