#include "sim/demand_register.h"

#include <string.h>

void demand_register_begin(struct demand_register *p, const struct zone *zone,
			   int64_t utc)
{
	p->month_start = zone_month_start(zone, utc);
	p->month = (struct display_peak){ .utc = p->month_start };
	p->joules = 0;
	p->peaks = 1;
	p->peak[0] = (struct display_peak){ .month_end = p->month_start };
}

void demand_register_count(struct demand_register *p, int64_t joules)
{
	p->joules += joules;
}

/* The month is over: append its peak to the past ones. */
static void close_month(struct demand_register *p, int64_t end)
{
	if (p->peaks == DISPLAY_PEAKS) {
		p->peaks--;
		memmove(p->peak, p->peak + 1,
			sizeof(p->peak) - sizeof(*p->peak));
	}
	p->month.month_end = end;
	p->peak[p->peaks++] = p->month;
	p->month = (struct display_peak){ .utc = end };
	p->month_start = end;
}

void demand_register_close(struct demand_register *p, const struct zone *zone,
			   int64_t utc)
{
	int64_t w = p->joules / DEMAND_QUARTER;
	int64_t month = zone_month_start(zone, utc);

	if (w > p->month.w)
		p->month = (struct display_peak){ .utc = utc, .w = w };
	p->joules = 0;
	if (month != p->month_start)
		close_month(p, month);
}

void demand_register_show(const struct demand_register *p, struct display *f)
{
	f->value[DISPLAY_DEMAND_AVERAGE] = p->joules / DEMAND_QUARTER;
	f->value[DISPLAY_DEMAND_PEAK] = p->month.w;
	f->month = p->month;
	f->peaks = p->peaks;
	memcpy(f->peak, p->peak, sizeof(f->peak));
}
