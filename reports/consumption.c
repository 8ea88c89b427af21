#include "reports/consumption.h"

#include <stdio.h>
#include <string.h>

#include "base/localday.h"
#include "reports/consumption_notes.h"
#include "reports/span_rows.h"

enum {
	NEAR_S = 900, /* readings further apart enclose a gap */
	MBUS_NEAR_S = 3 * HOUR_S,
};

/* Column numbers; -1: no such column. */
struct columns {
	int key, name, start, end;
	int series[SERIES_COUNT], gap[SERIES_GAPS], cost[COST_COUNT];
};

const char *consumption_unit_text(enum unit u)
{
	static const char *const shown[UNIT_COUNT] = { [UNIT_DM3] = "m³" };

	return shown[u] != NULL ? shown[u] : units[u].json;
}

const char *consumption_unit(enum series s)
{
	return consumption_unit_text(series[s].unit);
}

/* 1 to 4; 0: not a tariff's */
static int tariff_of(int s)
{
	if (s > SERIES_IMPORT && s <= SERIES_IMPORT + REPORT_TARIFFS)
		return s - SERIES_IMPORT;
	if (s > SERIES_EXPORT && s <= SERIES_EXPORT + REPORT_TARIFFS)
		return s - SERIES_EXPORT;
	return 0;
}

static bool is_reactive(int s)
{
	return s == SERIES_REACTIVE_IMPORT || s == SERIES_REACTIVE_EXPORT;
}

static const char *below(const struct report_query *a, int s)
{
	int tariff = tariff_of(s);

	return tariff > 0 ? a->words->tariff[a->order][tariff - 1]
			  : a->words->below[s];
}

char *consumption_series(char buf[static SHEET_TEXT_SIZE],
			 const struct report_query *a, enum series s)
{
	if (tariff_of((int)s) > 0)
		snprintf(buf, SHEET_TEXT_SIZE, "  %s", below(a, (int)s));
	else
		snprintf(buf, SHEET_TEXT_SIZE, "%s", a->words->series[s]);
	return buf;
}

/*
 * Does the series have a column? Not if it is an export or a tariff that is
 * always 0.
 */
static bool is_shown(const struct report_query *a,
		     const struct consumption *total, int s)
{
	bool of_tariff = tariff_of(s) > 0;
	bool is_total = s == SERIES_IMPORT || s == SERIES_EXPORT;
	int first = s == SERIES_IMPORT ? SERIES_IMPORT_T1 : SERIES_EXPORT_T1;
	uint32_t tariffs = UINT32_C(15) << first;

	if (is_reactive(s) || (of_tariff && !a->o->tariffs))
		return false;
	if (is_total && a->o->tariffs && (total->have & tariffs))
		return false;
	return total->amount[s] != 0 || (!of_tariff && s != SERIES_EXPORT);
}

static void add_series(struct sheet *s, const struct report_query *a,
		       const struct consumption *total, struct columns *c)
{
	for (int i = 0; i < SERIES_COUNT; i++) {
		struct sheet_column column = {
			.kind = SHEET_AMOUNT,
			.key = series[i].column_big,
			.sub = below(a, i),
			.unit = consumption_unit((enum series)i),
		};

		c->series[i] = -1;
		if (!(total->have >> i & 1))
			continue;
		if (is_shown(a, total, i))
			column.title = a->words->column[i];
		c->series[i] = sheet_add_column(s, column);
	}
}

/* Add a column for each known cost item. */
static void add_costs(struct sheet *s, const struct report_query *a,
		      const struct costs *total, struct columns *c)
{
	static const char *const keys[COST_COUNT] = {
		[COST_IMPORT] = "cost_import",
		[COST_EXPORT] = "cost_export",
		[COST_GAS] = "cost_gas",
		[COST_WATER] = "cost_water",
		[COST_WARM_WATER] = "cost_warm_water",
		[COST_HEAT] = "cost_heat",
		[COST_COLD] = "cost_cold",
		[COST_FIXED] = "cost_fixed",
		[COST_TOTAL] = "cost",
	};

	for (int i = 0; i < COST_COUNT; i++) {
		struct sheet_column column = { .kind = SHEET_MONEY,
					       .key = keys[i] };

		c->cost[i] = -1;
		if (!price_any(&a->prices) || !total->known[i])
			continue;
		if (i == COST_TOTAL) {
			column.title = a->words->cost;
			column.unit = a->currency;
		}
		c->cost[i] = sheet_add_column(s, column);
	}
}

static void add_columns(struct sheet *s, const struct report_query *a,
			const struct consumption *total,
			const struct costs *costs, struct columns *c)
{
	c->key = sheet_add_column(
		s, (struct sheet_column){ .kind = SHEET_TEXT,
					  .key = step_names[a->by] });
	c->name = sheet_add_column(s, (struct sheet_column){ .kind = SHEET_TEXT,
							     .title = "",
							     .left = true });
	c->start = sheet_add_column(
		s, (struct sheet_column){ .kind = SHEET_TIME, .key = "start" });
	c->end = sheet_add_column(
		s, (struct sheet_column){ .kind = SHEET_TIME, .key = "end" });
	add_series(s, a, total, c);
	add_costs(s, a, costs, c);
	for (int i = 0; i < SERIES_GAPS; i++)
		c->gap[i] =
			total->gap_s[series_gaps[i].medium] < 0
				? -1
				: sheet_add_column(
					  s, (struct sheet_column){
						     .kind = SHEET_WHOLE,
						     .key = series_gaps[i]
								    .column });
}

static bool is_estimated(const struct consumption *u, enum medium m)
{
	return u->gap_s[m] > (m == MEDIUM_ELECTRICITY ? NEAR_S : MBUS_NEAR_S);
}

static int set_costs(struct sheet_row *r, const struct report_query *a,
		     const struct consumption *u, const struct columns *c,
		     struct err *e)
{
	struct costs costs;
	int rc;

	if (c->cost[COST_TOTAL] < 0)
		return 0;
	rc = report_query_costs(a, u, &costs, e);
	for (int i = 0; i < COST_COUNT && rc == 0; i++)
		if (c->cost[i] >= 0 && costs.known[i])
			sheet_set(r, c->cost[i], costs.nano[i]);
	return rc;
}

static void set_amounts(struct sheet_row *r, const struct consumption *u,
			const struct columns *c)
{
	for (int i = 0; i < SERIES_COUNT; i++) {
		if (c->series[i] < 0 || !(u->have >> i & 1))
			continue;
		sheet_set(r, c->series[i], u->amount[i]);
		if (is_estimated(u, series[i].medium))
			r->about |= UINT64_C(1) << c->series[i];
	}
	for (int i = 0; i < SERIES_GAPS; i++)
		if (c->gap[i] >= 0 && u->gap_s[series_gaps[i].medium] >= 0)
			sheet_set(r, c->gap[i],
				  u->gap_s[series_gaps[i].medium]);
}

/* Do the rows span more than one day, or more than one year? */
static bool is_wide(const struct report_query *a)
{
	struct civil b = localday_civil(a->from);
	struct civil z = localday_civil(a->to - 1);

	if (a->by < STEP_DAY)
		return b.day != z.day || b.month != z.month || b.year != z.year;
	return b.year != z.year;
}

static int add_row(struct sheet *s, const struct report_query *a,
		   const struct consumption *u, const struct columns *c,
		   struct err *e)
{
	struct sheet_row *r = sheet_add_row(s, e);
	char text[STEP_TEXT];

	if (r == NULL)
		return e->code;
	sheet_set_text(s, r, c->key, 0, step_key(text, a->by, u->start));
	sheet_set_text(
		s, r, c->name, 1,
		step_name(text, a->by, u->start, is_wide(a), a->words->dates));
	sheet_set(r, c->start, u->start);
	sheet_set(r, c->end, u->end);
	set_amounts(r, u, c);
	return set_costs(r, a, u, c, e);
}

/* Returns the column for bars and --top; -1: its values are not known. */
static int bar_of(const struct report_query *a, const struct columns *c)
{
	if (a->o->of == REPORT_BY_COST)
		return c->cost[COST_TOTAL];
	if (a->o->of >= 0)
		return c->series[a->o->of];
	for (int i = 0; i < SERIES_COUNT; i++)
		if (c->series[i] >= 0)
			return c->series[i];
	return -1;
}

/*
 * Keep the highest rows, highest first; among equal rows the earlier comes
 * first.
 */
static void keep_top(struct sheet *s, int column, size_t most)
{
	size_t n = 0;

	for (; n < most && n < s->n; n++) {
		size_t best = n;
		struct sheet_row moved;

		for (size_t i = n; i < s->n; i++)
			if ((s->row[i].known >> column & 1) &&
			    s->row[i].v[column] > s->row[best].v[column])
				best = i;
		moved = s->row[best];
		memmove(&s->row[n + 1], &s->row[n], (best - n) * sizeof(moved));
		s->row[n] = moved;
	}
	sheet_cut(s, n);
}

static int set_total(struct sheet *s, const struct report_query *a,
		     const struct span_rows *rows, const struct columns *c,
		     struct err *e)
{
	s->has_total = true;
	sheet_set_text(s, &s->total, c->name, 1, a->words->total);
	set_amounts(&s->total, &rows->total, c);
	s->total.about = 0;
	for (int i = 0; i < SERIES_GAPS; i++)
		if (c->gap[i] >= 0)
			s->total.known &= ~(UINT64_C(1) << c->gap[i]);
	return set_costs(&s->total, a, &rows->total, c, e);
}

static void add_facts(struct sheet *s, const struct report_query *a,
		      int64_t last)
{
	static const char *const names[] = {
		[RANGE_DAY] = "day",
		[RANGE_WEEK] = "week",
		[RANGE_MONTH] = "month",
		[RANGE_YEAR] = "year",
	};

	sheet_fact_text(s, "period",
			a->is_range		      ? names[a->range.kind]
			: a->o->range == REPORT_TOTAL ? "total"
						      : "span");
	sheet_fact(s, "from", SHEET_TIME, a->from);
	sheet_fact(s, "to", SHEET_TIME, a->to);
	sheet_fact(s, "last_reading", SHEET_TIME, last);
	sheet_fact_text(s, "by", step_names[a->by]);
	sheet_fact_text(s, "time_zone", history_timezone(a->h));
	if (price_any(&a->prices))
		sheet_fact_text(s, "currency", a->currency);
}

/*
 * Set the title, and for a span that is not over, the time of the last reading.
 */
static void set_title(struct sheet *s, const struct report_query *a,
		      int64_t first, int64_t last)
{
	char title[REPORT_QUERY_TEXT], time[STEP_TEXT];

	if (a->o->range == REPORT_TOTAL)
		report_query_days(title, first, last, a->words->dates);
	else
		report_query_title(title, a);
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	snprintf(s->title, sizeof(s->title), "%s", title);
	if (a->now >= a->from && a->now < a->to && last >= a->from &&
	    a->o->range != REPORT_TOTAL)
		snprintf(s->beside, sizeof(s->beside), "%s %s", a->words->until,
			 step_time(time, last < a->to ? last : a->to, true,
				   a->words->dates));
}

static int fill_rows(struct sheet *s, const struct report_query *a,
		     const struct span_rows *rows, struct err *e)
{
	struct columns c;
	struct costs costs;
	int bar, rc = report_query_costs(a, &rows->total, &costs, e);

	add_columns(s, a, &rows->total, &costs, &c);
	for (size_t i = 0; i < rows->n && rc == 0; i++)
		rc = add_row(s, a, &rows->row[i], &c, e);
	bar = bar_of(a, &c);
	if (rc < 0)
		return rc;
	if (bar < 0)
		return err_set(e, ERR_FORMAT,
			       a->o->of == REPORT_BY_COST
				       ? "--of cost needs prices: set them in "
					 "[prices]"
				       : "--of: no readings of this kind in "
					 "this period");
	s->bar = bar;
	if (a->o->top > 0) {
		keep_top(s, bar, (size_t)a->o->top);
		consumption_note_estimated(s, a);
		return 0;
	}
	rc = set_total(s, a, rows, &c, e);
	if (rc < 0)
		return rc;
	consumption_note_estimated(s, a);
	if (!a->o->tariffs) {
		consumption_note_tariffs(s, a, &rows->total, SERIES_IMPORT);
		consumption_note_tariffs(s, a, &rows->total, SERIES_EXPORT);
	}
	consumption_note_costs(s, a, c.cost);
	return consumption_note_standby(s, a, e);
}

int consumption_fill(struct sheet *s, const struct report_query *a,
		     struct err *e)
{
	struct span_rows rows;
	int64_t first, last;
	int rc = report_query_extent(a->h, &first, &last, e);

	sheet_init(s, "consumption", "rows");
	s->point = a->words->point;
	if (rc <= 0)
		return rc < 0 ? rc : report_query_nothing(a, e);
	rc = span_rows_load(&rows, a->h, a->by, a->from, a->to, e);
	if (rc == 0 && rows.n == 0)
		rc = report_query_nothing(a, e);
	if (rc == 0) {
		set_title(s, a, first, last);
		add_facts(s, a, last);
		rc = fill_rows(s, a, &rows, e);
	}
	span_rows_free(&rows);
	return rc;
}
