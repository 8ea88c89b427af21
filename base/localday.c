#include "base/localday.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* No zone is further from UTC than this. */
enum { FURTHEST = 26 * HOUR_S };

static const char *zone_folder(void)
{
	const char *folder = getenv("TZDIR");

	return folder && *folder ? folder : "/usr/share/zoneinfo";
}

/* "UTC" works without a file: a minimal machine may have no zone data. */
static bool zone_exists(const char *zone)
{
	char path[512];

	if (strcmp(zone, "UTC") == 0)
		return true;
	if (zone[0] == '/' || strstr(zone, "..") != NULL)
		return false;
	snprintf(path, sizeof(path), "%s/%s", zone_folder(), zone);
	return access(path, R_OK) == 0;
}

/*
 * Read the zone from the /etc/localtime link; false if it is not a link to one.
 */
static bool linked_zone(char buf[static LOCALDAY_ZONE])
{
	static const char folder[] = "/zoneinfo/";
	char target[512];
	ssize_t n = readlink("/etc/localtime", target, sizeof(target) - 1);
	const char *name;

	if (n <= 0)
		return false;
	target[n] = '\0';
	name = strstr(target, folder);
	if (name == NULL || strlen(name + strlen(folder)) >= LOCALDAY_ZONE)
		return false;
	snprintf(buf, LOCALDAY_ZONE, "%s", name + strlen(folder));
	return zone_exists(buf);
}

static bool written_zone(char buf[static LOCALDAY_ZONE])
{
	FILE *f = fopen("/etc/timezone", "re");
	bool ok = f && fgets(buf, LOCALDAY_ZONE, f);

	if (f)
		fclose(f);
	if (ok)
		buf[strcspn(buf, " \t\r\n")] = '\0';
	return ok && buf[0] && zone_exists(buf);
}

char *localday_machine_zone(char buf[static LOCALDAY_ZONE])
{
	if (!linked_zone(buf) && !written_zone(buf))
		memcpy(buf, "UTC", sizeof("UTC"));
	return buf;
}

int localday_use(const char *zone, struct err *e)
{
	char machine[LOCALDAY_ZONE];

	if (zone == NULL || *zone == '\0')
		zone = localday_machine_zone(machine);
	if (strlen(zone) >= LOCALDAY_ZONE || !zone_exists(zone))
		return err_set(e, ERR_CONFIG,
			       "the time zone '%s' is not in %s: use a name "
			       "such as Europe/Amsterdam",
			       zone, zone_folder());
	if (setenv("TZ", zone, 1) < 0)
		return err_errno(e, ERR_FAILED, "time zone %s", zone);
	tzset();
	return 0;
}

struct civil localday_civil(int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm = { 0 };

	localtime_r(&t, &tm);
	return (struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			       tm.tm_hour,	  tm.tm_min,	 tm.tm_sec };
}

/* Local date and time as if it were UTC: comparable without carries. */
static int64_t local_seconds(int64_t utc)
{
	struct civil c = localday_civil(utc);

	return utc_from_civil(&c);
}

/* The first instant with a local date and time of `local` or later. */
static int64_t first_instant(int64_t local)
{
	int64_t before = local - FURTHEST, after = local + FURTHEST;
	const int64_t offset = local_seconds(before) - before;

	/* No clock changes twice within this time. */
	if (local_seconds(after) - after == offset)
		return local - offset;
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (local_seconds(middle) >= local)
			after = middle;
		else
			before = middle;
	}
	return after;
}

int64_t localday_day_start(int year, int month, int day)
{
	struct civil midnight = { year, month, day, 0, 0, 0 };

	return first_instant(utc_from_civil(&midnight));
}

int64_t localday_month_start(int year, int month)
{
	return localday_day_start(year, month, 1);
}

int64_t localday_year_start(int year)
{
	return localday_day_start(year, 1, 1);
}

int64_t localday_resolve(const struct civil *local, int64_t not_before)
{
	int64_t wall = utc_from_civil(local);
	int64_t offset_before = local_seconds(wall - DAY_S) - (wall - DAY_S);
	int64_t offset_after = local_seconds(wall + DAY_S) - (wall + DAY_S);
	int64_t first = wall - offset_before, second = wall - offset_after;

	if (local_seconds(second) != wall)
		return first;
	if (local_seconds(first) != wall)
		return second;
	return first >= not_before ? first : second;
}

/* Read "YYYY-MM-DD", "YYYY-MM" or "YYYY", with nothing after it. */
static bool scan_date(const char *text, struct civil *c)
{
	int n = 0;

	*c = (struct civil){ .month = 1, .day = 1 };
	switch (strlen(text)) {
	case 10:
		sscanf(text, "%4d-%2d-%2d%n", &c->year, &c->month, &c->day, &n);
		break;
	case 7:
		sscanf(text, "%4d-%2d%n", &c->year, &c->month, &n);
		break;
	case 4:
		sscanf(text, "%4d%n", &c->year, &n);
		break;
	}
	return n > 0 && (size_t)n == strlen(text);
}

int localday_parse_date(const char *text, int64_t now, struct civil *out,
			struct err *e)
{
	struct civil c = localday_civil(now);
	bool yesterday = strcmp(text, "yesterday") == 0;

	c.hour = c.minute = c.second = 0;
	if (yesterday)
		c = localday_civil(localday_day_start(c.year, c.month, c.day) -
				   1);
	if (yesterday || strcmp(text, "today") == 0) {
		*out = (struct civil){ c.year, c.month, c.day, 0, 0, 0 };
		return 0;
	}
	if (!scan_date(text, &c) || !civil_valid(&c))
		return err_set(e, ERR_USAGE,
			       "'%s' is not a date (YYYY-MM-DD, YYYY-MM, YYYY, "
			       "today or yesterday)",
			       text);
	*out = c;
	return 0;
}
