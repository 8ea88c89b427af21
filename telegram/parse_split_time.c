/* The meter's time in two halves, a clock and a date. */
#include "telegram/parse_parts.h"

#include <string.h>

#include "telegram/parse_timestamp.h"

enum { HALF = 6 }; /* digits */

static bool take_half(struct span *half, struct span value)
{
	if (value.n == HALF)
		*half = value;
	return value.n == HALF;
}

bool clock_line(struct parse *p, const struct known_line *l)
{
	return take_half(&p->clock, l->value);
}

bool date_line(struct parse *p, const struct known_line *l)
{
	return take_half(&p->date, l->value);
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
		parse_timestamp((struct span){ stamp, sizeof(stamp) }, p->base);
}
