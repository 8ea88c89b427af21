#include "base/dates.h"

#include <stdio.h>

#include "base/localday.h"

/* Days since 1970, a Thursday. */
static int64_t day_number(const struct civil *date)
{
	struct civil midnight = { date->year, date->month, date->day, 0, 0, 0 };

	return utc_from_civil(&midnight) / DAY_S;
}

int dates_weekday(const struct civil *date)
{
	return (int)((day_number(date) + 3) % DATE_WORDS_DAYS);
}

int dates_week(const struct civil *date, int *year)
{
	struct civil thursday = utc_to_civil(
		(day_number(date) - dates_weekday(date) + 3) * DAY_S);
	struct civil new_year = { thursday.year, 1, 1, 0, 0, 0 };

	*year = thursday.year;
	return (int)(day_number(&thursday) - day_number(&new_year)) / 7 + 1;
}

static void day_title(char *buf, const struct range *r,
		      const struct date_words *w, bool brief)
{
	struct civil c = localday_civil(r->start);
	int weekday = dates_weekday(&c);

	if (brief)
		snprintf(buf, DATES_TEXT, "%s %d %s", w->day_short[weekday],
			 c.day, w->month_short[c.month - 1]);
	else
		snprintf(buf, DATES_TEXT, "%s %d %s %d", w->day[weekday], c.day,
			 w->month[c.month - 1], c.year);
}

static void week_title(char *buf, const struct range *r,
		       const struct date_words *w, bool brief)
{
	struct civil a = localday_civil(r->start);
	struct civil b = localday_civil(r->end - 1);
	bool one_month = a.month == b.month;
	int week_year;
	char from[24] = "", year[8] = "";

	if (a.year != b.year && !brief)
		snprintf(from, sizeof(from), " %s %d",
			 w->month_short[a.month - 1], a.year);
	else if (!one_month)
		snprintf(from, sizeof(from), " %s",
			 w->month_short[a.month - 1]);
	if (!brief)
		snprintf(year, sizeof(year), " %d", b.year);
	snprintf(buf, DATES_TEXT, "%s %d, %d%s–%d %s%s", w->week,
		 dates_week(&a, &week_year), a.day, from, b.day,
		 one_month && !brief ? w->month[b.month - 1]
				     : w->month_short[b.month - 1],
		 year);
}

static void month_title(char *buf, const struct range *r,
			const struct date_words *w, bool brief)
{
	struct civil c = localday_civil(r->start);

	snprintf(buf, DATES_TEXT, "%s %d",
		 brief ? w->month_short[c.month - 1] : w->month[c.month - 1],
		 c.year);
}

static void year_title(char *buf, const struct range *r,
		       const struct date_words *w, bool brief)
{
	(void)w;
	(void)brief;
	snprintf(buf, DATES_TEXT, "%d", localday_civil(r->start).year);
}

char *dates_title(char buf[static DATES_TEXT], const struct range *r,
		  const struct date_words *w, bool brief)
{
	static void (*const titles[RANGE_COUNT])(char *, const struct range *,
						 const struct date_words *,
						 bool) = {
		[RANGE_DAY] = day_title,
		[RANGE_WEEK] = week_title,
		[RANGE_MONTH] = month_title,
		[RANGE_YEAR] = year_title,
	};

	titles[r->kind](buf, r, w, brief);
	return buf;
}

char *dates_time(char buf[static DATES_TEXT], const struct range *r, int64_t t,
		 const struct date_words *w)
{
	struct civil c = localday_civil(t);

	if (r->kind == RANGE_WEEK)
		snprintf(buf, DATES_TEXT, "%s %02d:%02d",
			 w->day_short[dates_weekday(&c)], c.hour, c.minute);
	else
		snprintf(buf, DATES_TEXT, "%02d:%02d", c.hour, c.minute);
	return buf;
}

static void days(char *buf, const struct civil *a, const struct civil *b,
		 const struct date_words *w)
{
	const char *last = w->month_short[b->month - 1];

	if (a->month == b->month && a->day == b->day)
		snprintf(buf, DATES_TEXT, "%d %s", b->day, last);
	else if (a->month == b->month)
		snprintf(buf, DATES_TEXT, "%d–%d %s", a->day, b->day, last);
	else
		snprintf(buf, DATES_TEXT, "%d %s–%d %s", a->day,
			 w->month_short[a->month - 1], b->day, last);
}

char *dates_days(char buf[static DATES_TEXT], const struct range *r,
		 int64_t from, int64_t to, const struct date_words *w)
{
	struct civil a = localday_civil(from), b = localday_civil(to - 1);

	if (r->kind != RANGE_WEEK)
		days(buf, &a, &b, w);
	else if (a.day == b.day)
		snprintf(buf, DATES_TEXT, "%s",
			 w->day_short[dates_weekday(&a)]);
	else
		snprintf(buf, DATES_TEXT, "%s–%s",
			 w->day_short[dates_weekday(&a)],
			 w->day_short[dates_weekday(&b)]);
	return buf;
}

char *dates_stretch(char buf[static DATES_TEXT], int64_t from, int64_t to,
		    const struct date_words *w)
{
	struct civil a = localday_civil(from), b = localday_civil(to - 1);

	if (day_number(&a) != day_number(&b)) {
		days(buf, &a, &b, w);
		return buf;
	}
	b = localday_civil(to);
	snprintf(buf, DATES_TEXT, "%02d:%02d–%02d:%02d", a.hour, a.minute,
		 b.hour, b.minute);
	return buf;
}

char *dates_day(char buf[static DATES_TEXT], int64_t t,
		const struct date_words *w)
{
	struct civil c = localday_civil(t);

	snprintf(buf, DATES_TEXT, "%d %s", c.day, w->month[c.month - 1]);
	return buf;
}
