#include "sim/zone.h"

int zone_weekday(int64_t day)
{
	return (int)((day + 4) % 7);
}

/* 01:00 UTC on the last Sunday of a month with 31 days. */
static int64_t changes(int year, int month)
{
	struct civil last = { .year = year, .month = month, .day = 31 };
	int64_t day = utc_from_civil(&last) / DAY_S;

	return (day - zone_weekday(day)) * DAY_S + HOUR_S;
}

bool zone_summer(const struct zone *z, int64_t utc)
{
	int year;

	if (z->winter)
		return false;
	year = utc_to_civil(utc).year;
	return utc >= changes(year, 3) && utc < changes(year, 10);
}

char zone_letter(const struct zone *z, int64_t utc)
{
	return zone_summer(z, utc) != z->wrong_letter ? 'S' : 'W';
}

int zone_offset(const struct zone *z, int64_t utc)
{
	return z->base + (zone_summer(z, utc) ? HOUR_S : 0);
}

struct civil zone_local(const struct zone *z, int64_t utc)
{
	return utc_to_civil(utc + zone_offset(z, utc));
}

int64_t zone_month_start(const struct zone *z, int64_t utc)
{
	struct civil c = zone_local(z, utc);
	int64_t winter;

	c = (struct civil){ .year = c.year, .month = c.month, .day = 1 };
	winter = utc_from_civil(&c) - z->base;
	return winter - (zone_summer(z, winter) ? HOUR_S : 0);
}
