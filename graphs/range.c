#include "graphs/range.h"

#include <stdio.h>
#include <string.h>

#include "base/localday.h"

const char *const range_names[RANGE_COUNT] = {
	[RANGE_DAY] = "day",
	[RANGE_WEEK] = "week",
	[RANGE_MONTH] = "month",
	[RANGE_YEAR] = "year",
};

/* Fixed names, so that pictures look the same in every locale. */
static const char *const months[] = {
	"January", "February", "March",	    "April",   "May",	   "June",
	"July",	   "August",   "September", "October", "November", "December",
};

static const char *const weekdays[] = {
	"Monday", "Tuesday",  "Wednesday", "Thursday",
	"Friday", "Saturday", "Sunday",
};

/* Days since 1970, a Thursday. */
static int64_t day_number(const struct civil *date)
{
	struct civil midnight = { date->year, date->month, date->day, 0, 0, 0 };

	return utc_from_civil(&midnight) / DAY_S;
}

/* 0 for Monday to 6. */
static int weekday(const struct civil *date)
{
	return (int)((day_number(date) + 3) % 7);
}

/* A week belongs to the year of its Thursday (ISO 8601). */
static int week_number(const struct civil *monday)
{
	struct civil thursday = utc_to_civil((day_number(monday) + 3) * DAY_S);
	struct civil new_year = { thursday.year, 1, 1, 0, 0, 0 };

	return (int)(day_number(&thursday) - day_number(&new_year)) / 7 + 1;
}

static void title_day(struct range *r)
{
	struct civil c = localday_civil(r->start);

	snprintf(r->title, sizeof(r->title), "%s %d %s %d",
		 weekdays[weekday(&c)], c.day, months[c.month - 1], c.year);
}

static void title_week(struct range *r)
{
	struct civil a = localday_civil(r->start);
	struct civil b = localday_civil(r->end - 1);
	char from[16] = "";

	if (a.year != b.year)
		snprintf(from, sizeof(from), " %.3s %d", months[a.month - 1],
			 a.year);
	else if (a.month != b.month)
		snprintf(from, sizeof(from), " %.3s", months[a.month - 1]);
	snprintf(r->title, sizeof(r->title), "Week %d, %d%s – %d %.*s %d",
		 week_number(&a), a.day, from, b.day,
		 a.month == b.month ? 9 : 3, months[b.month - 1], b.year);
}

static void title_month(struct range *r)
{
	struct civil c = localday_civil(r->start);

	snprintf(r->title, sizeof(r->title), "%s %d", months[c.month - 1],
		 c.year);
}

static void title_year(struct range *r)
{
	snprintf(r->title, sizeof(r->title), "%d",
		 localday_civil(r->start).year);
}

static void (*const titles[RANGE_COUNT])(struct range *) = {
	[RANGE_DAY] = title_day,
	[RANGE_WEEK] = title_week,
	[RANGE_MONTH] = title_month,
	[RANGE_YEAR] = title_year,
};

struct range range_holding(enum range_kind kind, const struct civil *date)
{
	struct range r = { .kind = kind };
	int year = date->year, month = date->month, day = date->day;

	switch (kind) {
	case RANGE_YEAR:
		r.start = localday_year_start(year);
		r.end = localday_year_start(year + 1);
		break;
	case RANGE_MONTH:
		r.start = localday_month_start(year, month);
		r.end = localday_month_start(year, month + 1);
		break;
	case RANGE_WEEK:
		day -= weekday(date);
		r.start = localday_day_start(year, month, day);
		r.end = localday_day_start(year, month, day + 7);
		break;
	default:
		r.start = localday_day_start(year, month, day);
		r.end = localday_day_start(year, month, day + 1);
	}
	titles[kind](&r);
	return r;
}

/* The range before the one that contains `now`. */
static struct range last_range(enum range_kind kind, int64_t now)
{
	struct civil date = localday_civil(now);
	struct range r = range_holding(kind, &date);

	date = localday_civil(r.start - 1);
	return range_holding(kind, &date);
}

int range_parse(enum range_kind kind, const char *text, int64_t now,
		struct range *out, struct err *e)
{
	static const char *const shortest[RANGE_COUNT] = {
		[RANGE_DAY] = "YYYY-MM-DD",
		[RANGE_WEEK] = "YYYY-MM-DD",
		[RANGE_MONTH] = "YYYY-MM",
		[RANGE_YEAR] = "YYYY",
	};
	struct civil date;

	if (text != NULL && strcmp(text, "last") == 0) {
		*out = last_range(kind, now);
		return 0;
	}
	if (text == NULL)
		text = "today";
	if (localday_parse_date(text, now, &date, e) < 0)
		return err_set(e, ERR_USAGE,
			       "'%s' is not a date (YYYY-MM-DD, YYYY-MM, YYYY, "
			       "today, yesterday or last)",
			       text);
	if (strchr("ty", text[0]) == NULL &&
	    strlen(text) < strlen(shortest[kind]))
		return err_set(e, ERR_USAGE,
			       "%s does not say which %s: write it as %s", text,
			       range_names[kind], shortest[kind]);
	*out = range_holding(kind, &date);
	return 0;
}

int64_t range_monday(int64_t utc)
{
	struct civil c = localday_civil(utc);

	return localday_day_start(c.year, c.month, c.day + 7 - weekday(&c));
}

char *range_when(char buf[static RANGE_WHEN], const struct range *r,
		 int64_t utc)
{
	struct civil c = localday_civil(utc);

	switch (r->kind) {
	case RANGE_DAY:
		snprintf(buf, RANGE_WHEN, "%02d:%02d", c.hour, c.minute);
		break;
	case RANGE_WEEK:
		snprintf(buf, RANGE_WHEN, "%.3s %02d:%02d",
			 weekdays[weekday(&c)], c.hour, c.minute);
		break;
	case RANGE_MONTH:
		snprintf(buf, RANGE_WHEN, "%.3s %d", weekdays[weekday(&c)],
			 c.day);
		break;
	default:
		snprintf(buf, RANGE_WHEN, "%s", months[c.month - 1]);
	}
	return buf;
}
