/* The meter's time in two halves, a clock and a date. */
#include "telegram/parse_parts.h"

#include <string.h>

#include "telegram/obis.h"

enum { HALF = 6 }; /* digits */

bool clock_line(struct parse *p, uint32_t obis, struct span groups)
{
	struct span value, *half;

	switch (obis) {
	case OBIS(0, 0, 0, 9, 1):
	case OBIS(1, 0, 0, 9, 1):
		half = &p->clock;
		break;
	case OBIS(0, 0, 0, 9, 2):
	case OBIS(1, 0, 0, 9, 2):
		half = &p->date;
		break;
	default:
		return false;
	}
	if (!telegram_group(&groups, &value) || value.n != HALF)
		return false;
	*half = value;
	return true;
}

void clock_finish(struct parse *p)
{
	char stamp[2 * HALF];

	if (p->r->time.kind != TIMESTAMP_NONE || p->clock.n != HALF ||
	    p->date.n != HALF)
		return;
	memcpy(stamp, p->date.p, HALF);
	memcpy(stamp + HALF, p->clock.p, HALF);
	p->r->time =
		timestamp_parse((struct span){ stamp, sizeof(stamp) }, p->base);
}
