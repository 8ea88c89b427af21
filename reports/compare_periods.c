#include "reports/consumption.h"

#include <stdio.h>

#include "base/dates.h"
#include "storage/history/history_report.h"

/* The totals of both periods, for each medium. */
struct compared {
	const struct report_query *a;
	struct sheet *s;
	int key, name, unit, shown_unit, now, before, difference, percent;
	int from, to, before_from, before_to;
	struct comparison c;
	struct consumption same, earlier; /* of all media */
};

static void add_columns(struct compared *it, const char *now,
			const char *before)
{
	const struct report_words *w = it->a->words;
	struct sheet *s = it->s;

#define COLUMN(field, ...)                                                     \
	it->field = sheet_add_column(s, (struct sheet_column){ __VA_ARGS__ })
	COLUMN(key, SHEET_TEXT, .key = "series");
	COLUMN(name, SHEET_TEXT, .title = "", .left = true);
	COLUMN(shown_unit, SHEET_TEXT, .title = "", .left = true);
	COLUMN(unit, SHEET_TEXT, .key = "unit");
	COLUMN(now, SHEET_AMOUNT, .key = "now", .title = now);
	COLUMN(before, SHEET_AMOUNT, .key = "before", .title = before);
	COLUMN(difference, SHEET_AMOUNT, .key = "difference",
	       .title = w->difference);
	COLUMN(percent, SHEET_PERCENT, .key = "percent", .title = "%");
	COLUMN(from, SHEET_TIME, .key = "from");
	COLUMN(to, SHEET_TIME, .key = "to");
	COLUMN(before_from, SHEET_TIME, .key = "before_from");
	COLUMN(before_to, SHEET_TIME, .key = "before_to");
#undef COLUMN
}

/*
 * Returns the share in tenths of a percent, rounded half away from zero; whole
 * is not 0.
 */
static int64_t percent_of(int64_t difference, int64_t whole)
{
	int64_t twice = difference * 2000 / whole;

	if (whole < 0)
		twice = -twice;
	return (twice + (difference < 0 ? -1 : 1)) / 2;
}

static int add_row(struct compared *it, const char *key, const char *name,
		   const char *unit, const char *shown, int64_t now,
		   int64_t before, const struct comparison_amount *a,
		   const struct comparison_amount *b, struct err *e)
{
	struct sheet_row *r = sheet_add_row(it->s, e);

	if (r == NULL)
		return e->code;
	sheet_set_text(it->s, r, it->key, 0, key);
	sheet_set_text(it->s, r, it->name, 1, name);
	sheet_set_text(it->s, r, it->shown_unit, 2, shown);
	sheet_set_text(it->s, r, it->unit, 3, unit);
	sheet_set(r, it->now, now);
	sheet_set(r, it->before, before);
	sheet_set(r, it->difference, now - before);
	if (before != 0)
		sheet_set(r, it->percent, percent_of(now - before, before));
	sheet_set(r, it->from, a->from);
	sheet_set(r, it->to, a->to);
	sheet_set(r, it->before_from, b->from);
	sheet_set(r, it->before_to, b->to);
	return 0;
}

static int add_medium(struct compared *it, const struct comparison_sum *sum,
		      struct err *e)
{
	uint32_t have = sum->same.have & sum->before.have;
	int rc = 0;

	for (int i = 0; i < SERIES_COUNT && rc == 0; i++) {
		char name[SHEET_TEXT_SIZE];
		int64_t now = sum->same.amount[i];
		int64_t before = sum->before.amount[i];

		if (series[i].medium != sum->medium || !(have >> i & 1) ||
		    (now == 0 && before == 0) || *it->a->words->series[i] == 0)
			continue;
		it->same.amount[i] = now;
		it->earlier.amount[i] = before;
		it->same.have |= UINT32_C(1) << i;
		it->earlier.have |= UINT32_C(1) << i;
		rc = add_row(it, series[i].name,
			     consumption_series(name, it->a, (enum series)i),
			     units[series[i].unit].json,
			     consumption_unit((enum series)i), now, before,
			     &sum->same, &sum->before, e);
	}
	return rc;
}

/* Convert 10^-9 to thousandths, rounded half away from zero. */
static int64_t thousandths(int64_t nano)
{
	int64_t size = ((nano < 0 ? -nano : nano) + 500000) / 1000000;

	return nano < 0 ? -size : size;
}

static int add_cost(struct compared *it, const struct comparison_amount *a,
		    const struct comparison_amount *b, struct err *e)
{
	struct costs now = { 0 }, before = { 0 };
	int rc;

	it->same.start = a->from;
	it->same.end = a->to;
	it->earlier.start = b->from;
	it->earlier.end = b->to;
	rc = report_query_costs(it->a, &it->same, &now, e);
	if (rc == 0)
		rc = report_query_costs(it->a, &it->earlier, &before, e);
	if (rc < 0 || !now.known[COST_TOTAL] || !before.known[COST_TOTAL])
		return rc;
	return add_row(it, "cost", it->a->words->cost, it->a->currency,
		       it->a->currency, thousandths(now.nano[COST_TOTAL]),
		       thousandths(before.nano[COST_TOTAL]), a, b, e);
}

/* Add the rows of all media; the first known one determines the dates. */
static int add_media(struct compared *it, struct comparison_sum *first,
		     struct err *e)
{
	struct comparison_sum sum;
	int rc = 0;

	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++) {
		rc = history_comparison_sum(it->a->h, &it->c,
					    series_gaps[i].medium, &sum, e);
		if (rc <= 0 || sum.same.from >= sum.same.to)
			continue;
		if (first->same.from == first->same.to)
			*first = sum;
		rc = add_medium(it, &sum, e);
	}
	return rc < 0 ? rc : 0;
}

static void set_titles(struct compared *it, const struct comparison_sum *first)
{
	const struct date_words *w = it->a->words->dates;
	char now[REPORT_QUERY_TEXT], before[REPORT_QUERY_TEXT];

	report_query_stretch(now, first->same.from, first->same.to, w);
	report_query_stretch(before, first->before.from, first->before.to, w);
	snprintf(it->s->title, sizeof(it->s->title), "%s",
		 it->a->words->compared);
	sheet_note(it->s, "%s: %s", it->a->words->now, now);
	sheet_note(it->s, "%s: %s", it->a->words->before, before);
}

int compared_fill(struct sheet *s, const struct report_query *a, struct err *e)
{
	static const enum comparison_span spans[RANGE_COUNT] = {
		[RANGE_DAY] = COMPARISON_DAY,
		[RANGE_WEEK] = COMPARISON_WEEK,
		[RANGE_MONTH] = COMPARISON_MONTH,
		[RANGE_YEAR] = COMPARISON_YEAR,
	};
	struct compared it = { .a = a, .s = s };
	struct comparison_sum first = { 0 };
	int rc;

	sheet_init(s, "consumption", "comparison");
	s->point = a->words->point;
	it.c.span = spans[a->range.kind];
	it.c.with = a->o->compare;
	rc = history_comparison(a->h, a->from, &it.c, e);
	add_columns(&it, a->words->now, a->words->before);
	if (rc == 0)
		rc = add_media(&it, &first, e);
	if (rc == 0 && first.same.from == first.same.to)
		snprintf(s->title, sizeof(s->title), "%s",
			 a->words->not_compared);
	if (rc < 0 || first.same.from == first.same.to)
		return rc;
	set_titles(&it, &first);
	return price_any(&a->prices)
		       ? add_cost(&it, &first.same, &first.before, e)
		       : 0;
}
