#include "reports/other_reports.h"

#include <stdio.h>

#include "base/localday.h"
#include "reports/number_text.h"
#include "storage/history/history_report.h"

enum {
	LIST_DAYS = 62, /* a longer span has a row per month */
	LIST_ROWS = 10, /* unless --top says how many */
	LIST_MOST = 1000,
};

struct columns {
	int key, name, counted, start, meter, meter_start, difference;
	int average, average_at, logged, logged_ts, shown, shown_ts;
};

static bool is_list(const struct report_query *a)
{
	return a->to - a->from <= LIST_DAYS * (int64_t)DAY_S + HOUR_S;
}

#define COLUMN(...) sheet_add_column(s, (struct sheet_column){ __VA_ARGS__ })

static void add_columns(struct sheet *s, const struct report_query *a,
			struct columns *c)
{
	const struct report_words *w = a->words;

	c->key = COLUMN(SHEET_TEXT, .key = "month");
	c->name = COLUMN(SHEET_TEXT, .title = "", .left = true);
	c->counted = COLUMN(SHEET_WHOLE, .key = "counted_w", w->counted,
			    .unit = "W");
	c->start =
		COLUMN(SHEET_TIME, .key = "counted_start", w->at, .left = true);
	c->meter =
		COLUMN(SHEET_WHOLE, .key = "meter_w", w->by_meter, .unit = "W");
	c->meter_start =
		COLUMN(SHEET_TIME, .key = "meter_start", w->at, .left = true);
	c->difference = COLUMN(SHEET_WHOLE, .key = "difference_w",
			       w->difference, .unit = "W");
	c->average = COLUMN(SHEET_WHOLE, .key = "meter_1_4_0_w", "1.4.0",
			    .unit = "W");
	c->average_at = COLUMN(SHEET_TIME, .key = "meter_1_4_0_at");
	c->logged = COLUMN(SHEET_WHOLE, .key = "meter_98_1_0_w");
	c->logged_ts = COLUMN(SHEET_TIME, .key = "meter_98_1_0_at");
	c->shown = COLUMN(SHEET_WHOLE, .key = "meter_1_6_0_w");
	c->shown_ts = COLUMN(SHEET_TIME, .key = "meter_1_6_0_at");
}

static void set_told(struct sheet_row *r, int w, int ts,
		     const struct month_peaks_told *told)
{
	if (!told->known)
		return;
	sheet_set(r, w, told->w);
	if (told->ts > 0)
		sheet_set(r, ts, told->ts);
}

static int set_quarter(struct sheet_row *r, const struct report_query *a,
		       const struct quarter *q, const struct columns *c,
		       struct err *e)
{
	struct month_peaks_told average;
	int rc;

	if (!q->known)
		return 0;
	sheet_set(r, c->counted, quarter_power_w(q));
	sheet_set(r, c->start, q->start);
	rc = history_quarter_average(a->h, q->start, &average, e);
	if (rc > 0)
		set_told(r, c->average, c->average_at, &average);
	return rc < 0 ? rc : 0;
}

/* The meter's timestamp is the end of the quarter. */
static void set_meter(struct sheet_row *r, const struct month_peak *m,
		      const struct columns *c)
{
	set_told(r, c->logged, c->logged_ts, &m->logged);
	set_told(r, c->shown, c->shown_ts, &m->shown);
	if (!m->told.known)
		return;
	sheet_set(r, c->meter, m->told.w);
	if (m->told.ts > 0)
		sheet_set(r, c->meter_start, m->told.ts - QUARTER_S);
	if (m->highest.known)
		sheet_set(r, c->difference,
			  quarter_power_w(&m->highest) - m->told.w);
}

/* Add a row for the month that starts at `start`, if anything is known. */
static int add_month(struct sheet *s, const struct report_query *a,
		     int64_t start, const struct columns *c, struct err *e)
{
	struct month_peak m = { 0 };
	struct sheet_row *r;
	char text[STEP_TEXT];
	int rc = history_month_peak(a->h, start, &m, e);

	if (rc < 0 || (!m.highest.known && !m.told.known))
		return rc < 0 ? rc : 0;
	r = sheet_add_row(s, e);
	if (r == NULL)
		return e->code;
	sheet_set_text(s, r, c->key, 0, step_key(text, STEP_MONTH, start));
	sheet_set_text(
		s, r, c->name, 1,
		step_name(text, STEP_MONTH, start, true, a->words->dates));
	set_meter(r, &m, c);
	return set_quarter(r, a, &m.highest, c, e);
}

/* Returns the mean of a column, in W, rounded; -1: no row has a value. */
static int64_t mean_of(const struct sheet *s, int column, int *n)
{
	int64_t sum = 0;

	*n = 0;
	for (size_t i = 0; i < s->n; i++)
		if (s->row[i].known >> column & 1) {
			sum += s->row[i].v[column];
			++*n;
		}
	return *n > 0 ? (sum + *n / 2) / *n : -1;
}

static void note_mean(struct sheet *s, const struct report_query *a, int column,
		      const char *key, const char *by)
{
	char number[NUMBER_TEXT];
	int n;
	int64_t mean = mean_of(s, column, &n);

	if (n == 0)
		return;
	sheet_fact(s, key, SHEET_WHOLE, mean);
	if (n > 1)
		sheet_note(s, "%s %d %s: %s kW (%s)", a->words->mean_of, n,
			   a->words->months,
			   number_text(number, mean, 3, 3, a->words->point),
			   by);
}

static void set_title(struct sheet *s, const struct report_query *a,
		      const char *what)
{
	char title[REPORT_QUERY_TEXT];

	s->point = a->words->point;
	snprintf(s->title, sizeof(s->title), "%s: %s", what,
		 report_query_title(title, a));
	sheet_fact(s, "from", SHEET_TIME, a->from);
	sheet_fact(s, "to", SHEET_TIME, a->to);
	sheet_fact_text(s, "time_zone", history_timezone(a->h));
}

static int64_t next_month(int64_t t)
{
	struct civil c = localday_civil(t);

	return localday_month_start(c.year, c.month + 1);
}

static int fill_months(struct sheet *s, const struct report_query *a,
		       int (*add)(struct sheet *s, const struct report_query *a,
				  int64_t start, const struct columns *c,
				  struct err *e),
		       const struct columns *c, struct err *e)
{
	int64_t first, last;
	struct civil from;
	int rc = report_query_extent(a->h, &first, &last, e);

	if (rc <= 0)
		return rc;
	/* A meter's log covers the twelve months before its first reading. */
	from = localday_civil(a->from);
	rc = 0;
	for (int64_t t = localday_month_start(from.year, from.month);
	     t < a->to && t <= last && rc == 0; t = next_month(t))
		if (t >= a->from)
			rc = add(s, a, t, c, e);
	return rc;
}

static int most_rows(const struct report_query *a)
{
	int64_t top = a->o->top > 0 ? a->o->top : LIST_ROWS;

	return (int)(top < LIST_MOST ? top : LIST_MOST);
}

static int add_quarter(struct sheet *s, const struct report_query *a,
		       const struct quarter *q, const struct columns *c,
		       struct err *e)
{
	struct sheet_row *r = sheet_add_row(s, e);
	char text[STEP_TEXT];

	if (r == NULL)
		return e->code;
	sheet_set_text(s, r, c->key, 0, step_key(text, STEP_QUARTER, q->start));
	sheet_set_text(s, r, c->name, 1,
		       step_time(text, q->start, true, a->words->dates));
	return set_quarter(r, a, q, c, e);
}

/* Add the highest quarters of a span, highest first. */
static int fill_list(struct sheet *s, const struct report_query *a,
		     const struct columns *c, struct err *e)
{
	struct quarter top[LIST_MOST];
	int n, rc = history_top_quarters(a->h, a->from, a->to, most_rows(a),
					 top, &n, e);

	for (int i = 0; i < n && rc == 0; i++)
		rc = add_quarter(s, a, &top[i], c, e);
	s->column[c->key].key = "quarter";
	s->column[c->start].title = s->column[c->meter].title = NULL;
	s->column[c->meter_start].title = s->column[c->difference].title = NULL;
	s->bar = c->counted;
	return rc;
}

int peaks_fill(struct sheet *s, const struct report_query *a, struct err *e)
{
	struct columns c;
	int rc;

	sheet_init(s, "peaks", "peaks");
	add_columns(s, a, &c);
	set_title(s, a, a->words->peaks_quarter);
	rc = is_list(a) ? fill_list(s, a, &c, e)
			: fill_months(s, a, add_month, &c, e);
	if (rc == 0 && s->n == 0)
		return report_query_nothing(a, e);
	if (rc == 0 && !is_list(a)) {
		note_mean(s, a, c.counted, "mean_counted_w", a->words->counted);
		note_mean(s, a, c.meter, "mean_meter_w", a->words->by_meter);
	}
	sheet_note(s, "%s", a->words->peaks_note);
	if (!is_list(a))
		sheet_note(s, "%s", a->words->logged_note);
	return rc;
}

enum { HOURS = 3 };

/*
 * Add a month's columns: its highest hours on different days, and their mean.
 */
static int add_hours(struct sheet *s, const struct report_query *a,
		     int64_t start, const struct columns *c, struct err *e)
{
	struct hour_peak top[HOURS];
	struct sheet_row *r;
	char text[STEP_TEXT];
	int64_t sum = 0;
	int n, rc = history_top_hours(a->h, start, next_month(start), true,
				      HOURS, top, &n, e);

	if (rc < 0 || n == 0)
		return rc;
	r = sheet_add_row(s, e);
	if (r == NULL)
		return e->code;
	sheet_set_text(s, r, 0, 0, step_key(text, STEP_MONTH, start));
	sheet_set_text(
		s, r, 1, 1,
		step_name(text, STEP_MONTH, start, true, a->words->dates));
	for (int i = 0; i < n; i++) {
		sum += top[i].import_wh;
		sheet_set(r, c->counted + 2 * i, top[i].import_wh);
		sheet_set(r, c->counted + 2 * i + 1, top[i].start);
	}
	if (n == HOURS)
		sheet_set(r, c->average, (sum + HOURS / 2) / HOURS);
	return 0;
}

static int fill_hours(struct sheet *s, const struct report_query *a,
		      const struct columns *c, struct err *e)
{
	struct hour_peak top[LIST_MOST];
	int n, rc = history_top_hours(a->h, a->from, a->to, false, most_rows(a),
				      top, &n, e);

	for (int i = 0; i < n && rc == 0; i++) {
		struct sheet_row *r = sheet_add_row(s, e);
		char text[STEP_TEXT];

		if (r == NULL)
			return e->code;
		sheet_set_text(s, r, 0, 0,
			       step_key(text, STEP_HOUR, top[i].start));
		sheet_set_text(
			s, r, 1, 1,
			step_time(text, top[i].start, true, a->words->dates));
		sheet_set(r, c->counted, top[i].import_wh);
		sheet_set(r, c->start, top[i].start);
	}
	return rc;
}

static void add_hour_columns(struct sheet *s, const struct report_query *a,
			     struct columns *c)
{
	static const char *const keys[HOURS][2] = {
		{ "first_w", "first_start" },
		{ "second_w", "second_start" },
		{ "third_w", "third_start" },
	};
	static const char *const places[HOURS] = { "1", "2", "3" };
	const struct report_words *w = a->words;
	bool list = is_list(a);

	c->key = COLUMN(SHEET_TEXT, .key = list ? "hour" : "month");
	c->name = COLUMN(SHEET_TEXT, .title = "", .left = true);
	c->counted = s->columns;
	c->start = s->columns + 1;
	for (int i = 0; i < (list ? 1 : HOURS); i++) {
		COLUMN(SHEET_WHOLE, .key = list ? "counted_w" : keys[i][0],
		       list ? w->counted : places[i], .unit = "W");
		COLUMN(SHEET_TIME, .key = list ? "counted_start" : keys[i][1],
		       list ? NULL : w->at, .left = true);
	}
	s->bar = list ? c->counted : -1;
	if (!list)
		c->average = COLUMN(SHEET_WHOLE, .key = "mean_w", w->mean,
				    .unit = "W");
}

int hour_peaks_fill(struct sheet *s, const struct report_query *a,
		    struct err *e)
{
	struct columns c = { 0 };
	int rc;

	sheet_init(s, "hour_peaks", "peaks");
	add_hour_columns(s, a, &c);
	set_title(s, a, a->words->peaks_hour);
	rc = is_list(a) ? fill_hours(s, a, &c, e)
			: fill_months(s, a, add_hours, &c, e);
	if (rc == 0 && s->n == 0)
		return report_query_nothing(a, e);
	sheet_note(s, "%s",
		   is_list(a) ? a->words->list_note : a->words->hours_note);
	return rc;
}
