#include "base/range.h"

#include <string.h>

#include "base/localday.h"

const char *const range_names[RANGE_COUNT] = {
	[RANGE_DAY] = "day",
	[RANGE_WEEK] = "week",
	[RANGE_MONTH] = "month",
	[RANGE_YEAR] = "year",
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
	return r;
}

struct range range_before(const struct range *r)
{
	struct civil date = localday_civil(r->start - 1);

	return range_holding(r->kind, &date);
}

struct range range_year_before(const struct range *r)
{
	struct civil date = localday_civil(r->start);

	if (r->kind == RANGE_WEEK)
		date.day -= 364;
	else
		date.year--;
	return range_holding(r->kind, &date);
}

/* The range before the one that contains `now`. */
static struct range last_range(enum range_kind kind, int64_t now)
{
	struct civil date = localday_civil(now);
	struct range r = range_holding(kind, &date);

	return range_before(&r);
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
