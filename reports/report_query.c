#include "reports/report_query.h"

#include <stdio.h>

#include "base/dates.h"
#include "base/localday.h"
#include "reports/parse_moment.h"
#include "storage/history/history_report.h"

enum {
	YEAR_OF_MONTHS = 12,
	BY_HOUR_DAYS = 2, /* a longer span has a row per day, ... */
	BY_DAY_DAYS = 62,
	BY_MONTH_DAYS = 1100,
};

int report_query_extent(struct history *h, int64_t *first, int64_t *last,
			struct err *e)
{
	int found = 0;

	*first = INT64_MAX;
	*last = INT64_MIN;
	for (int i = 0; i < SERIES_GAPS; i++) {
		int64_t a, z;
		int rc = history_extent(h, series_gaps[i].medium, &a, &z, e);

		if (rc < 0)
			return rc;
		if (rc == 0)
			continue;
		found = 1;
		*first = a < *first ? a : *first;
		*last = z > *last ? z : *last;
	}
	return found;
}

static int find_total(struct report_query *a, struct err *e)
{
	int64_t first, last;
	int rc = report_query_extent(a->h, &first, &last, e);

	if (rc < 0)
		return rc;
	a->from = a->to = a->now;
	if (rc == 0)
		return 0;
	a->from = localday_year_start(localday_civil(first).year);
	a->to = localday_year_start(localday_civil(last).year + 1);
	return 0;
}

static int find_from_to(struct report_query *a, struct err *e)
{
	const char *to = a->o->to != NULL ? a->o->to : "now";
	int rc = parse_moment(a->o->from, a->now, false, &a->from, e);

	if (rc == 0)
		rc = parse_moment(to, a->now, true, &a->to, e);
	if (rc == 0 && a->from >= a->to)
		return err_set(e, ERR_USAGE, "--from %s is not before --to %s",
			       a->o->from, to);
	return rc;
}

static void find_twelve_months(struct report_query *a)
{
	struct civil c = localday_civil(a->now);
	int month = c.month + 1 - YEAR_OF_MONTHS;
	int year = month < 1 ? c.year - 1 : c.year;

	a->from = localday_month_start(year, month < 1 ? month + 12 : month);
	a->to = localday_month_start(c.year, c.month + 1);
}

static int find_range(struct report_query *a, struct err *e)
{
	enum range_kind kind =
		a->o->range < 0 ? RANGE_DAY : (enum range_kind)a->o->range;
	int rc = range_parse(kind, a->o->date, a->now, &a->range, e);

	a->is_range = rc == 0;
	a->from = a->range.start;
	a->to = a->range.end;
	return rc;
}

static enum step usual_step(const struct report_query *a)
{
	static const enum step of_range[] = {
		[RANGE_DAY] = STEP_HOUR,    [RANGE_WEEK] = STEP_DAY,
		[RANGE_MONTH] = STEP_DAY,   [RANGE_YEAR] = STEP_MONTH,
		[REPORT_TOTAL] = STEP_YEAR,
	};
	int64_t days = (a->to - a->from) / DAY_S;

	if (a->o->range >= 0)
		return of_range[a->o->range];
	return days <= BY_HOUR_DAYS    ? STEP_HOUR
	       : days <= BY_DAY_DAYS   ? STEP_DAY
	       : days <= BY_MONTH_DAYS ? STEP_MONTH
				       : STEP_YEAR;
}

int report_query_find_span(struct report_query *a, struct err *e)
{
	const struct report_options *o = a->o;
	bool is_free = o->from == NULL && o->range < 0 && o->date == NULL;
	int rc = 0;

	if (o->range == REPORT_TOTAL)
		rc = find_total(a, e);
	else if (o->from != NULL)
		rc = find_from_to(a, e);
	else if (is_free && o->kind != REPORT_CONSUMPTION)
		find_twelve_months(a);
	else
		rc = find_range(a, e);
	a->by = o->by >= 0 ? (enum step)o->by : usual_step(a);
	if (o->kind == REPORT_STANDBY && a->by < STEP_DAY)
		a->by = STEP_DAY;
	return rc;
}

static bool is_midnight(int64_t t)
{
	struct civil c = localday_civil(t);

	return localday_day_start(c.year, c.month, c.day) == t;
}

static int put_date(char *buf, int n, const struct civil *c,
		    const struct date_words *w)
{
	return n + snprintf(buf + n, (size_t)(REPORT_QUERY_TEXT - n),
			    "%d %s %d", c->day, w->month_short[c->month - 1],
			    c->year);
}

static int put_clock(char *buf, int n, const struct civil *c)
{
	return n + snprintf(buf + n, (size_t)(REPORT_QUERY_TEXT - n),
			    " %02d:%02d", c->hour, c->minute);
}

static bool same_day(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

char *report_query_days(char buf[static REPORT_QUERY_TEXT], int64_t first,
			int64_t last, const struct date_words *w)
{
	struct civil a = localday_civil(first), b = localday_civil(last);
	int n = put_date(buf, 0, &a, w);

	if (same_day(&a, &b))
		return buf;
	n += snprintf(buf + n, (size_t)(REPORT_QUERY_TEXT - n), " – ");
	put_date(buf, n, &b, w);
	return buf;
}

char *report_query_stretch(char buf[static REPORT_QUERY_TEXT], int64_t from,
			   int64_t to, const struct date_words *w)
{
	struct civil a = localday_civil(from), b = localday_civil(to);
	int n;

	if (is_midnight(from) && is_midnight(to))
		return report_query_days(buf, from, to - 1, w);
	n = put_clock(buf, put_date(buf, 0, &a, w), &a);
	n += snprintf(buf + n, (size_t)(REPORT_QUERY_TEXT - n), " –%s",
		      same_day(&a, &b) ? "" : " ");
	if (!same_day(&a, &b))
		n = put_date(buf, n, &b, w);
	put_clock(buf, n, &b);
	return buf;
}

char *report_query_title(char buf[static REPORT_QUERY_TEXT],
			 const struct report_query *a)
{
	char title[DATES_TEXT];

	if (!a->is_range)
		return report_query_stretch(buf, a->from, a->to,
					    a->words->dates);
	snprintf(buf, REPORT_QUERY_TEXT, "%s",
		 dates_title(title, &a->range, a->words->dates, false));
	return buf;
}

int report_query_costs(const struct report_query *a,
		       const struct consumption *c, struct costs *out,
		       struct err *e)
{
	struct amounts used = { 0 };
	int64_t days = 0;
	int rc =
		history_standing_days(a->h, c->start, c->end, a->now, &days, e);

	for (int i = 0; i < SERIES_COUNT; i++)
		if (c->have >> i & 1)
			amounts_set_named(&used, series[i].name, c->amount[i]);
	if (a->prices.known[PRICE_FIXED])
		amounts_set(&used, PRICE_FIXED, days);
	*out = cost_of(&a->prices, &used);
	return rc;
}

int report_query_nothing(const struct report_query *a, struct err *e)
{
	char title[REPORT_QUERY_TEXT];
	struct report_query english = *a;
	int64_t first, last;
	int rc = report_query_extent(a->h, &first, &last, e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return err_set(e, ERR_FORMAT,
			       "there are no readings yet; p1logger "
			       "--discover says whether the meter sends any");
	english.words = &report_words[0];
	return err_set(e, ERR_FORMAT,
		       "there are no readings in this period: "
		       "%s",
		       report_query_title(title, &english));
}
