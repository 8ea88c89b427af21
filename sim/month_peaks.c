#include "sim/month_peaks.h"

#include <string.h>

void month_peaks_begin(struct month_peaks *d, const struct zone *zone,
		       int64_t utc)
{
	d->month_start = zone_month_start(zone, utc);
	d->month = (struct display_peak){ .utc = d->month_start };
	d->joules = 0;
	d->peaks = 1;
	d->peak[0] = (struct display_peak){ .month_end = d->month_start };
}

void month_peaks_count(struct month_peaks *d, int64_t joules)
{
	d->joules += joules;
}

/* The month is over: append its peak to the past ones. */
static void close_month(struct month_peaks *d, int64_t end)
{
	if (d->peaks == DISPLAY_PEAKS) {
		d->peaks--;
		memmove(d->peak, d->peak + 1,
			sizeof(d->peak) - sizeof(*d->peak));
	}
	d->month.month_end = end;
	d->peak[d->peaks++] = d->month;
	d->month = (struct display_peak){ .utc = end };
	d->month_start = end;
}

void month_peaks_close(struct month_peaks *d, const struct zone *zone,
		       int64_t utc)
{
	int64_t w = d->joules / DEMAND_QUARTER;
	int64_t month = zone_month_start(zone, utc);

	if (w > d->month.w)
		d->month = (struct display_peak){ .utc = utc, .w = w };
	d->joules = 0;
	if (month != d->month_start)
		close_month(d, month);
}

void month_peaks_show(const struct month_peaks *d, struct display *f)
{
	f->value[DISPLAY_DEMAND_AVERAGE] = d->joules / DEMAND_QUARTER;
	f->value[DISPLAY_DEMAND_PEAK] = d->month.w;
	f->month = d->month;
	f->peaks = d->peaks;
	memcpy(f->peak, d->peak, sizeof(f->peak));
}
