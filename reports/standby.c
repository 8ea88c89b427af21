#include "reports/other_reports.h"

#include <stdio.h>

#include "reports/span_rows.h"
#include "reports/standby_days.h"

enum {
	TREND_DAYS = 14,     /* minimum for a trend */
	HOURS_A_YEAR = 8766, /* of 365.25 days */
};

struct columns {
	int key, name, start, end, w, lowest, days;
};

#define COLUMN(...) sheet_add_column(s, (struct sheet_column){ __VA_ARGS__ })

static void add_columns(struct sheet *s, const struct report_query *a,
			struct columns *c)
{
	const struct report_words *w = a->words;

	c->key = COLUMN(SHEET_TEXT, .key = step_names[a->by]);
	c->name = COLUMN(SHEET_TEXT, .title = "", .left = true);
	c->start = COLUMN(SHEET_TIME, .key = "start");
	c->end = COLUMN(SHEET_TIME, .key = "end");
	c->w = COLUMN(SHEET_WHOLE, .key = "standby_w", w->standby, .unit = "W");
	c->lowest =
		COLUMN(SHEET_WHOLE, .key = "lowest_w", w->lowest, .unit = "W");
	c->days = COLUMN(SHEET_WHOLE, .key = "days", w->days);
	/* A single day needs no lowest value or number of days. */
	if (a->by == STEP_DAY)
		s->column[c->lowest].title = s->column[c->days].title = NULL;
	s->bar = c->w;
}

static int add_row(struct sheet *s, const struct report_query *a,
		   const struct consumption *u, const struct standby_days *d,
		   const struct columns *c, struct err *e)
{
	struct standby_power p = standby_days_median(d, u->start, u->end);
	struct sheet_row *r;
	char text[STEP_TEXT];

	if (p.days == 0)
		return 0;
	r = sheet_add_row(s, e);
	if (r == NULL)
		return e->code;
	sheet_set_text(s, r, c->key, 0, step_key(text, a->by, u->start));
	sheet_set_text(s, r, c->name, 1,
		       step_name(text, a->by, u->start, a->by > STEP_DAY,
				 a->words->dates));
	sheet_set(r, c->start, u->start);
	sheet_set(r, c->end, u->end);
	sheet_set(r, c->w, p.w);
	sheet_set(r, c->lowest, p.lowest_w);
	sheet_set(r, c->days, p.days);
	return 0;
}

/* Compare the later half of the known days with the earlier half. */
static void note_trend(struct sheet *s, const struct report_query *a,
		       const struct standby_days *d)
{
	const struct report_words *w = a->words;
	struct standby_power early, late;
	int64_t middle, kwh;

	if (d->n < TREND_DAYS)
		return;
	middle = d->day[d->n / 2].start;
	early = standby_days_median(d, a->from, middle);
	late = standby_days_median(d, middle, a->to);
	kwh = (late.w - early.w) * HOURS_A_YEAR;
	kwh = (kwh + (kwh < 0 ? -500 : 500)) / 1000;
	sheet_fact(s, "earlier_w", SHEET_WHOLE, early.w);
	sheet_fact(s, "later_w", SHEET_WHOLE, late.w);
	sheet_fact(s, "trend_kwh_a_year", SHEET_WHOLE, kwh);
	sheet_note(s, "%s: %lld W %s, %lld W %s: %+lld W, %s %+lld kWh %s",
		   w->trend, (long long)early.w, w->first_half,
		   (long long)late.w, w->second_half,
		   (long long)(late.w - early.w), w->or, (long long)kwh,
		   w->a_year);
}

static int fill_rows(struct sheet *s, const struct report_query *a,
		     const struct standby_days *d, struct err *e)
{
	struct span_rows rows;
	struct columns c;
	int rc = span_rows_load(&rows, a->h, a->by, a->from, a->to, e);

	add_columns(s, a, &c);
	for (size_t i = 0; i < rows.n && rc == 0; i++)
		rc = add_row(s, a, &rows.row[i], d, &c, e);
	span_rows_free(&rows);
	return rc;
}

int standby_fill(struct sheet *s, const struct report_query *a, struct err *e)
{
	struct standby_days d;
	char title[REPORT_QUERY_TEXT];
	int rc;

	sheet_init(s, "standby", "rows");
	s->point = a->words->point;
	rc = standby_days_load(&d, a->h, a->from, a->to, e);
	if (rc == 0)
		rc = fill_rows(s, a, &d, e);
	if (rc == 0 && s->n == 0)
		rc = report_query_nothing(a, e);
	if (rc == 0) {
		snprintf(s->title, sizeof(s->title), "%s: %s",
			 a->words->standby_title, report_query_title(title, a));
		sheet_fact(s, "from", SHEET_TIME, a->from);
		sheet_fact(s, "to", SHEET_TIME, a->to);
		sheet_fact_text(s, "by", step_names[a->by]);
		sheet_fact_text(s, "time_zone", history_timezone(a->h));
		note_trend(s, a, &d);
		sheet_note(s, "%s", a->words->standby_note);
	}
	standby_days_free(&d);
	return rc;
}
