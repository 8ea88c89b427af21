#include "reports/other_reports.h"

#include <stdio.h>
#include <string.h>

#include "base/dates.h"
#include "base/localday.h"
#include "reports/consumption.h"
#include "storage/history/history_report.h"
#include "telegram/meter_serial.h"

struct columns {
	int medium, meter, channel, reg, obis, name, value, unit, shown_unit,
		exact, within, readings;
	int before_at, before, after_at, after;
};

/* The text columns of a row. */
enum { MEDIUM, METER, REG, OBIS, NAME, UNIT, SHOWN_UNIT, READINGS };

/* State while adding one register after the other. */
struct found {
	const struct report_query *a;
	struct sheet *s;
	struct columns c;
	char meter[2 * SHEET_TEXT_SIZE]; /* the heading above the last row */
	int rc;
	struct err *e;
};

#define COLUMN(...) sheet_add_column(s, (struct sheet_column){ __VA_ARGS__ })

static void add_columns(struct sheet *s, const struct report_query *a,
			struct columns *c)
{
	const struct report_words *w = a->words;

	c->medium = COLUMN(SHEET_TEXT, .key = "medium");
	c->meter = COLUMN(SHEET_TEXT, .key = "meter");
	c->channel = COLUMN(SHEET_WHOLE, .key = "channel");
	c->reg = COLUMN(SHEET_TEXT, .key = "register");
	c->obis = COLUMN(SHEET_TEXT, .key = "obis", w->reg, .left = true);
	c->name = COLUMN(SHEET_TEXT, .title = "", .left = true);
	c->value =
		COLUMN(SHEET_AMOUNT, .key = "value", w->reading, .all = true);
	c->shown_unit = COLUMN(SHEET_TEXT, .title = "", .left = true);
	c->unit = COLUMN(SHEET_TEXT, .key = "unit");
	c->exact = COLUMN(SHEET_TRUTH, .key = "exact");
	c->within = COLUMN(SHEET_AMOUNT, .title = w->within, .all = true);
	c->readings =
		COLUMN(SHEET_TEXT, .title = w->from_readings, .left = true);
	c->before_at = COLUMN(SHEET_TIME, .key = "before_at");
	c->before = COLUMN(SHEET_AMOUNT, .key = "before");
	c->after_at = COLUMN(SHEET_TIME, .key = "after_at");
	c->after = COLUMN(SHEET_AMOUNT, .key = "after");
}

/* "import, low"; an M-Bus meter has one register. */
static const char *name_of(char buf[static SHEET_TEXT_SIZE],
			   const struct report_query *a, const char *reg)
{
	static const struct {
		const char *name;
		enum series s;
	} registers[] = {
		{ "import_total", SERIES_IMPORT },
		{ "export_total", SERIES_EXPORT },
		{ "reactive_import_total", SERIES_REACTIVE_IMPORT },
		{ "reactive_export_total", SERIES_REACTIVE_EXPORT },
	};
	const struct report_words *w = a->words;

	for (size_t i = 0; i < COUNT(registers); i++)
		if (strcmp(registers[i].name, reg) == 0)
			return w->series[registers[i].s];
	for (int i = 1; i <= 4; i++) {
		if (strcmp(series[SERIES_IMPORT + i].name, reg) == 0)
			snprintf(buf, SHEET_TEXT_SIZE, "%s, %s",
				 w->column[SERIES_IMPORT],
				 w->tariff[a->order][i - 1]);
		else if (strcmp(series[SERIES_EXPORT + i].name, reg) == 0)
			snprintf(buf, SHEET_TEXT_SIZE, "%s, %s",
				 w->column[SERIES_EXPORT],
				 w->tariff[a->order][i - 1]);
		else
			continue;
		return buf;
	}
	return "";
}

static const char *medium_of(const struct report_query *a, struct span medium)
{
	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (medium_name((enum medium)m) != NULL &&
		    span_eq(span_of(medium_name((enum medium)m)), medium))
			return a->words->medium[m];
	return "";
}

/* Add a heading for each meter, above its registers. */
static int add_heading(struct found *f, const struct meter_reading *r,
		       const char *serial)
{
	char text[2 * SHEET_TEXT_SIZE];
	struct sheet_row *row;

	snprintf(text, sizeof(text), "%s %s", medium_of(f->a, r->medium),
		 serial);
	if (strcmp(text, f->meter) == 0)
		return 0;
	snprintf(f->meter, sizeof(f->meter), "%s", text);
	row = sheet_add_row(f->s, f->e);
	if (row == NULL)
		return f->e->code;
	row->is_heading = true;
	sheet_set_text(f->s, row, f->c.medium, 0, text);
	return 0;
}

/* "12:00:10"; on another day than t "31 Dec 23:55", or with its year. */
static void put_time(char buf[static STEP_TEXT], const struct report_query *a,
		     int64_t t)
{
	const struct civil at = localday_civil(a->from), c = localday_civil(t);
	const char *month = a->words->dates->month_short[c.month - 1];

	if (c.year != at.year)
		snprintf(buf, STEP_TEXT, "%d %s %d %02d:%02d", c.day, month,
			 c.year, c.hour, c.minute);
	else if (c.month != at.month || c.day != at.day)
		snprintf(buf, STEP_TEXT, "%d %s %02d:%02d", c.day, month,
			 c.hour, c.minute);
	else
		snprintf(buf, STEP_TEXT, "%02d:%02d:%02d", c.hour, c.minute,
			 c.second);
}

/* Describe the readings that a value comes from. */
static void put_readings(char buf[static SHEET_TEXT_SIZE],
			 const struct report_query *a,
			 const struct meter_reading *r)
{
	char before[STEP_TEXT], after[STEP_TEXT];

	put_time(before, a, r->before_ts);
	put_time(after, a, r->after_ts);
	if (r->before_ts == a->from)
		snprintf(buf, SHEET_TEXT_SIZE, "%s", a->words->exact);
	else if (r->has_after)
		snprintf(buf, SHEET_TEXT_SIZE, "%s – %s", before, after);
	else
		snprintf(buf, SHEET_TEXT_SIZE, "%s %s", a->words->last_reading,
			 before);
}

static void set_sides(struct sheet_row *row, const struct columns *c,
		      const struct meter_reading *r, int64_t t)
{
	int64_t below = r->value - r->before, above = r->after - r->value;

	sheet_set(row, c->exact, r->before_ts == t);
	sheet_set(row, c->before_at, r->before_ts);
	sheet_set(row, c->before, r->before);
	if (r->before_ts == t)
		sheet_set(row, c->within, 0);
	if (!r->has_after)
		return;
	sheet_set(row, c->after_at, r->after_ts);
	sheet_set(row, c->after, r->after);
	sheet_set(row, c->within, above > below ? above : below);
}

static int add_row(struct found *f, const struct meter_reading *r,
		   const char *serial)
{
	struct sheet_row *row = sheet_add_row(f->s, f->e);
	char text[SHEET_TEXT_SIZE];
	const struct columns *c = &f->c;

	if (row == NULL)
		return f->e->code;
	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(r->medium));
	sheet_set_text(f->s, row, c->medium, MEDIUM, text);
	if (*serial != '\0')
		sheet_set_text(f->s, row, c->meter, METER, serial);
	if (r->channel > 0)
		sheet_set(row, c->channel, r->channel);
	sheet_set_text(f->s, row, c->reg, REG, r->reg);
	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(r->obis));
	sheet_set_text(f->s, row, c->obis, OBIS, text);
	sheet_set_text(f->s, row, c->name, NAME, name_of(text, f->a, r->reg));
	sheet_set_text(f->s, row, c->unit, UNIT, units[r->unit].json);
	sheet_set_text(f->s, row, c->shown_unit, SHOWN_UNIT,
		       consumption_unit_text(r->unit));
	put_readings(text, f->a, r);
	sheet_set_text(f->s, row, c->readings, READINGS, text);
	sheet_set(row, c->value, r->value);
	set_sides(row, c, r, f->a->from);
	return 0;
}

static void add_register(void *ctx, const struct meter_reading *r)
{
	char serial[METER_SERIAL_TEXT] = "";
	struct found *f = ctx;

	if (r->identifier.n > 0)
		meter_serial(serial, r->identifier);
	if (f->rc == 0)
		f->rc = add_heading(f, r, serial);
	if (f->rc == 0)
		f->rc = add_row(f, r, serial);
}

static void set_title(struct sheet *s, const struct report_query *a)
{
	struct civil c = localday_civil(a->from);
	struct range day = range_holding(RANGE_DAY, &c);
	char title[DATES_TEXT];

	s->point = a->words->point;
	snprintf(s->title, sizeof(s->title), "%s %s, %02d:%02d:%02d",
		 a->words->readings_at,
		 dates_title(title, &day, a->words->dates, false), c.hour,
		 c.minute, c.second);
	sheet_fact(s, "at", SHEET_TIME, a->from);
	sheet_fact_text(s, "time_zone", history_timezone(a->h));
}

int readings_fill(struct sheet *s, const struct report_query *a, struct err *e)
{
	struct found f = { .a = a, .s = s, .e = e };
	int rc;

	sheet_init(s, "readings", "readings");
	add_columns(s, a, &f.c);
	set_title(s, a);
	rc = history_registers_at(a->h, a->from, add_register, &f, e);
	if (rc == 0)
		rc = f.rc;
	if (rc == 0 && s->n == 0)
		return err_set(e, ERR_FORMAT,
			       "no meter has a reading at or before that "
			       "time");
	sheet_note(s, "%s", a->words->readings_note);
	return rc;
}
