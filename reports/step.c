#include "reports/step.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/dates.h"
#include "base/localday.h"

const char *const step_names[STEP_COUNT] = {
	[STEP_QUARTER] = "quarter", [STEP_HOUR] = "hour",
	[STEP_DAY] = "day",	    [STEP_WEEK] = "week",
	[STEP_MONTH] = "month",	    [STEP_YEAR] = "year",
};

/* Is this the second time that the clock shows this time? */
static bool is_again(int64_t t, const struct civil *c)
{
	return localday_resolve(c, INT64_MIN) != t;
}

/* "+01:00" */
static void add_offset(char *buf, int n, int64_t t, const struct civil *c)
{
	int64_t minutes = (utc_from_civil(c) - t) / 60;

	snprintf(buf + n, (size_t)(STEP_TEXT - n), "%c%02d:%02d",
		 minutes < 0 ? '-' : '+', (int)(llabs(minutes) / 60),
		 (int)(llabs(minutes) % 60));
}

char *step_key(char buf[static STEP_TEXT], enum step step, int64_t t)
{
	struct civil c = localday_civil(t);
	int week, year = c.year, n;

	switch (step) {
	case STEP_YEAR:
		snprintf(buf, STEP_TEXT, "%04d", c.year);
		break;
	case STEP_MONTH:
		snprintf(buf, STEP_TEXT, "%04d-%02d", c.year, c.month);
		break;
	case STEP_WEEK:
		week = dates_week(&c, &year);
		snprintf(buf, STEP_TEXT, "%04d-W%02d", year, week);
		break;
	case STEP_DAY:
		snprintf(buf, STEP_TEXT, "%04d-%02d-%02d", c.year, c.month,
			 c.day);
		break;
	default:
		n = snprintf(buf, STEP_TEXT, "%04d-%02d-%02d %02d:%02d", c.year,
			     c.month, c.day, c.hour, c.minute);
		if (is_again(t, &c))
			add_offset(buf, n, t, &c);
	}
	return buf;
}

static void year_after(char *buf, int n, bool wide, int year)
{
	if (wide)
		snprintf(buf + n, (size_t)(STEP_TEXT - n), " %d", year);
}

static int day_of(char *buf, const struct civil *c, bool month,
		  const struct date_words *w)
{
	return snprintf(buf, STEP_TEXT, "%s %2d%s%s",
			w->day_short[dates_weekday(c)], c->day,
			month ? " " : "",
			month ? w->month_short[c->month - 1] : "");
}

static void clock_of(char *buf, int n, int64_t t, const struct civil *c)
{
	n += snprintf(buf + n, (size_t)(STEP_TEXT - n), "%s%02d:%02d",
		      n > 0 ? " " : "", c->hour, c->minute);
	if (is_again(t, c))
		add_offset(buf, n, t, c);
}

char *step_name(char buf[static STEP_TEXT], enum step step, int64_t t,
		bool wide, const struct date_words *w)
{
	struct civil c = localday_civil(t);
	int year = c.year, n;

	switch (step) {
	case STEP_YEAR:
		snprintf(buf, STEP_TEXT, "%d", c.year);
		break;
	case STEP_MONTH:
		n = snprintf(buf, STEP_TEXT, "%s",
			     wide ? w->month_short[c.month - 1]
				  : w->month[c.month - 1]);
		year_after(buf, n, wide, year);
		break;
	case STEP_WEEK:
		n = snprintf(buf, STEP_TEXT, "%s ", w->week);
		n += snprintf(buf + n, (size_t)(STEP_TEXT - n), "%d",
			      dates_week(&c, &year));
		year_after(buf, n, wide, year);
		break;
	case STEP_DAY:
		n = day_of(buf, &c, true, w);
		year_after(buf, n, wide, year);
		break;
	default:
		n = wide ? day_of(buf, &c, true, w) : 0;
		clock_of(buf, n, t, &c);
	}
	return buf;
}

char *step_time(char buf[static STEP_TEXT], int64_t t, bool month,
		const struct date_words *w)
{
	struct civil c = localday_civil(t);

	clock_of(buf, day_of(buf, &c, month, w), t, &c);
	return buf;
}
