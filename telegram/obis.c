#include "telegram/obis.h"

static unsigned digit(const char *p)
{
	return (unsigned)(unsigned char)*p - '0';
}

/* Read a number from `p` on; returns NULL without one up to `max`. */
static inline const char *number(const char *p, const char *end, unsigned max,
				 unsigned *n)
{
	unsigned d;

	if (p == end || (*n = digit(p)) > 9)
		return NULL;
	for (p++; p < end && (d = digit(p)) <= 9; p++)
		if ((*n = *n * 10 + d) > max)
			return NULL;
	return p;
}

const char *obis_read(struct span s, uint32_t *obis)
{
	const char *p = s.p, *const end = s.p + s.n;
	unsigned a, b, c, d, e;

	if ((p = number(p, end, 15, &a)) == NULL || p == end || *p++ != '-' ||
	    (p = number(p, end, 15, &b)) == NULL || p == end || *p++ != ':' ||
	    (p = number(p, end, 255, &c)) == NULL || p == end || *p++ != '.' ||
	    (p = number(p, end, 255, &d)) == NULL || p == end || *p++ != '.' ||
	    (p = number(p, end, 255, &e)) == NULL)
		return NULL;
	*obis = OBIS(a, b, c, d, e);
	return p;
}

uint32_t obis_parse(struct span s)
{
	uint32_t obis;
	const char *p = obis_read(s, &obis);

	if (p == NULL || (p < s.p + s.n && *p != '*' && *p != '.'))
		return OBIS_NONE;
	return obis;
}

uint32_t obis_common(uint32_t obis)
{
	uint32_t channel = obis & OBIS(15, 15, 0, 0, 0);
	uint32_t group_c = obis >> 16 & 0xFF;
	const uint32_t power = OBIS(15, 0, 0, 255, 255);

	if (channel == OBIS(1, 1, 0, 0, 0) && (group_c == 1 || group_c == 2))
		obis = obis_without_channel(obis);
	if ((obis & power) == OBIS(1, 0, 0, 7, 255))
		obis &= ~OBIS(0, 0, 0, 0, 255);
	return obis;
}
