#include "graphs/figures.h"

#include <string.h>

#include "base/localday.h"

#include "base/span.h"

/* Returns the price of a series, which has the same name; -1 if it has none. */
static int price_of(enum series s)
{
	for (int i = 0; i < PRICE_COUNT; i++)
		if (strcmp(price_names[i], series[s].name) == 0)
			return i;
	return -1;
}

/* Returns the cost item of a series, which has the same name. */
static int item_of(enum series s)
{
	for (int i = 0; i < COST_COUNT; i++)
		if (strcmp(cost_names[i], series[s].name) == 0)
			return i;
	return COST_TOTAL;
}

/* Add up what the medium costs, if its consumption has a price. */
static void find_cost(struct figures *f)
{
	const struct subject *sub = f->q.chart->subject;
	struct amounts used = { 0 };
	struct costs c;

	f->priced = false;
	for (int s = 0; s < SERIES_COUNT; s++) {
		int price = price_of((enum series)s);

		if (series[s].medium != sub->medium || price < 0 ||
		    !(f->total.consumed.have >> s & 1))
			continue;
		amounts_set(&used, (enum price)price,
			    f->total.consumed.amount[s]);
		f->priced = f->priced || f->q.prices->known[price];
	}
	c = cost_of(f->q.prices, &used);
	f->priced = f->priced && c.known[item_of(sub->up)];
	f->cost = c.nano[COST_TOTAL];
}

/* The lowest standby power of the days of the range. */
static int find_standby(struct figures *f, struct history *h, struct err *e)
{
	const struct range *r = f->q.range;
	struct civil c = localday_civil(r->start);
	int64_t end;
	int rc = 0;

	f->standby_w = -1;
	for (int64_t t = r->start; t < r->end && rc == 0; t = end, c.day++) {
		struct quarter lowest;

		end = localday_day_start(c.year, c.month, c.day + 1);
		rc = history_standby(h, t, end, &lowest, e);
		if (rc == 0 && lowest.known &&
		    (f->standby_w < 0 ||
		     quarter_power_w(&lowest) < f->standby_w))
			f->standby_w = quarter_power_w(&lowest);
	}
	return rc;
}

static int load_chart(struct figures *f, struct history *h, struct err *e)
{
	const struct figures_question *q = &f->q;
	int rc = q->chart->shape == CHART_CURVE
			 ? curve_values_load(h, q->chart, q->range, q->now,
					     &f->curve, e)
			 : bar_values_load_gaps(h, q->chart, q->range, &f->bars,
						e);

	if (rc == 0 && q->chart->shape == CHART_CURVE)
		rc = find_standby(f, h, e);
	if (rc == 0 && q->range->kind == RANGE_WEEK)
		rc = bar_values_load(h, q->chart, PERIOD_DAY, q->range,
				     &f->days, e);
	if (rc == 0)
		rc = earlier_period_load(h, q->chart, q->range, q->now,
					 &f->compared, e);
	if (rc == 0 && q->chart->subject->medium == MEDIUM_ELECTRICITY)
		rc = history_tariff_order(h, &f->order, e);
	return rc;
}

int figures_load(struct figures *f, struct history *h, struct err *e)
{
	const struct figures_question *q = &f->q;
	int64_t first;
	int rc = history_extent(h, q->chart->subject->medium, &first, &f->last,
				e);

	if (rc > 0)
		rc = bar_values_total(h, q->chart, q->range, &f->total, e);
	if (rc <= 0)
		return rc;
	find_cost(f);
	rc = load_chart(f, h, e);
	return rc < 0 ? rc : 1;
}

int figures_tariffs(const struct figures *f,
		    struct figures_tariff tariff[static TARIFFS])
{
	const struct picture_words *w = f->q.words;
	const struct figures_tariff orders[][TARIFFS] = {
		[TARIFF_LOW_NORMAL] = {
			{ SERIES_IMPORT_T1, 1, TINT_IMPORT_LOW, w->low },
			{ SERIES_IMPORT_T2, 2, TINT_IMPORT, w->normal },
			{ SERIES_IMPORT_T3, 3, TINT_IMPORT_3, NULL },
			{ SERIES_IMPORT_T4, 4, TINT_IMPORT_4, NULL },
		},
		[TARIFF_DAY_NIGHT] = {
			{ SERIES_IMPORT_T2, 2, TINT_IMPORT_LOW, w->night },
			{ SERIES_IMPORT_T1, 1, TINT_IMPORT, w->day_of },
			{ SERIES_IMPORT_T3, 3, TINT_IMPORT_3, NULL },
			{ SERIES_IMPORT_T4, 4, TINT_IMPORT_4, NULL },
		},
	};
	int n = 0;

	if (f->q.chart->subject->up != SERIES_IMPORT)
		return 0;
	for (int i = 0; i < TARIFFS; i++) {
		const struct figures_tariff *t = &orders[f->order][i];

		if (bar_values_amount(&f->total, t->series) > 0)
			tariff[n++] = *t;
	}
	return n > 1 ? n : 0;
}

int64_t figures_up(const struct figures *f)
{
	return bar_values_amount(&f->total, f->q.chart->subject->up);
}

int64_t figures_down(const struct figures *f)
{
	int down = f->q.chart->subject->down;

	return down < 0 ? 0 : bar_values_amount(&f->total, (enum series)down);
}

bool figures_unfinished(const struct figures *f)
{
	return f->q.now >= f->q.range->start && f->q.now < f->q.range->end;
}

bool figures_goes_on(const struct figures *f, const struct bar *b)
{
	return figures_unfinished(f) && b->consumed.end > f->q.now;
}

int64_t figures_height(const struct figures *f, const struct bar *b)
{
	const struct subject *s = f->q.chart->subject;
	int64_t up = bar_values_amount(b, s->up);

	return s->down < 0 ? up
			   : up + bar_values_amount(b, (enum series)s->down);
}
