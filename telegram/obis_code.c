#include "telegram/obis_code.h"

/* The groups of a reference: the separator after each, its maximum. */
static const struct {
	char behind; /* 0 for the end or group F */
	unsigned max;
	int shift;
} groups[] = {
	{ '-', 15, 28 }, { ':', 15, 24 }, { '.', 255, 16 },
	{ '.', 255, 8 }, { 0, 255, 0 },
};

/* Cut a number off the front of *s; returns more than max if there is none. */
static unsigned take_number(struct span *s, unsigned max)
{
	unsigned v = 0;
	size_t n = 0;

	for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
		if ((v = v * 10 + (unsigned)(s->p[n] - '0')) > max)
			return v;
	*s = (struct span){ s->p + n, s->n - n };
	return n > 0 ? v : max + 1;
}

uint32_t obis_parse(struct span s)
{
	uint32_t obis = 0;

	for (size_t i = 0; i < COUNT(groups); i++) {
		unsigned v = take_number(&s, groups[i].max);

		if (v > groups[i].max)
			return OBIS_NONE;
		obis |= (uint32_t)v << groups[i].shift;
		if (groups[i].behind == 0)
			break;
		if (s.n == 0 || *s.p != groups[i].behind)
			return OBIS_NONE;
		s = span_skip(s, 1);
	}
	return s.n == 0 || *s.p == '*' || *s.p == '.' ? obis : OBIS_NONE;
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
