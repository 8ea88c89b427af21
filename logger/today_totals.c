#include "logger/today_totals.h"

#include <stdio.h>
#include <string.h>

#include "base/utc.h"
#include "storage/history/query.h"

enum {
	QUERY_MS = 1500, /* of the processor */
	QUERY_ROWS = 100,
	DAY_MAX_S = 25 * HOUR_S,
};

struct totals {
	const struct today_options *o;
	int64_t now;
	struct today *out;
	char day[LOCAL_TIME_DAY];
};

static void set(struct today *t, enum today_item item, int64_t thousandths)
{
	t->known[item] = true;
	t->of[item] = thousandths;
}

/* Round to the nearest thousandth. */
static int64_t of_nano(int64_t nano)
{
	return (nano + (nano < 0 ? -500000 : 500000)) / 1000000;
}

static void add_cost(struct totals *t, const struct query_cost_amounts *a)
{
	struct amounts used = { 0 };
	struct costs costs;

	for (int s = 0; s < SERIES_COUNT; s++)
		for (int p = 0; p < PRICE_COUNT; p++)
			if (a->known[s] &&
			    strcmp(series[s].name, price_names[p]) == 0)
				amounts_set(&used, (enum price)p, a->of[s]);
	amounts_set(&used, PRICE_FIXED, a->days);
	costs = cost_of(t->o->prices, &used);
	if (price_any(t->o->prices) && costs.known[COST_TOTAL])
		set(t->out, TODAY_COST, of_nano(costs.nano[COST_TOTAL]));
	snprintf(t->out->currency, sizeof(t->out->currency), "%s",
		 t->o->currency);
}

/* The units of series are thousandths of those of struct today. */
static void add_day(void *ctx, const struct query_cost_amounts *a)
{
	static const enum series of[TODAY_COUNT] = {
		[TODAY_IMPORT] = SERIES_IMPORT,
		[TODAY_EXPORT] = SERIES_EXPORT,
		[TODAY_GAS] = SERIES_GAS,
		[TODAY_WATER] = SERIES_WATER,
		[TODAY_WARM_WATER] = SERIES_WARM_WATER,
		[TODAY_HEAT] = SERIES_HEAT,
		[TODAY_COLD] = SERIES_COLD,
	};
	struct totals *t = ctx;

	if (t->now < a->start || t->now >= a->end)
		return;
	t->out->since = a->start;
	t->out->end = a->end;
	snprintf(t->day, sizeof(t->day), "%.*s", SPAN_ARG(a->label));
	for (int i = 0; i <= TODAY_COLD; i++)
		if (a->known[of[i]])
			set(t->out, (enum today_item)i, a->of[of[i]]);
	add_cost(t, a);
}

static int add_peak(struct totals *t, struct query *q, struct err *e)
{
	struct month_peak p = { 0 };
	int rc = query_month_peak(q, t->day, &p, e);

	if (rc == 0 && (p.told.known || p.highest.known))
		set(t->out, TODAY_MONTH_PEAK, month_peak_w(&p));
	return rc;
}

static int find(struct totals *t, struct query *q, struct err *e)
{
	int rc = query_cost_amounts(q, PERIOD_DAY, t->now - DAY_MAX_S,
				    t->now + 1, add_day, t, e);

	if (rc == 0 && t->out->since != 0)
		rc = query_newest_time(q, &t->out->until, e);
	if (rc == 0 && t->out->since != 0)
		rc = add_peak(t, q, e);
	return rc;
}

void today_totals_send(struct outputs *f, const struct store_options *store,
		       const struct today_options *o, const struct log *log)
{
	const struct query_limits limits = { store->clock, QUERY_MS, QUERY_ROWS,
					     NULL };
	struct today today = { 0 };
	struct totals t = { o, clock_utc(store->clock), &today, "" };
	struct err e = { 0 };
	struct query *q;
	int rc;

	if (!outputs_want_today(f))
		return;
	q = query_open(store->database, &limits, &e);
	rc = q != NULL ? find(&t, q, &e) : e.code;
	query_close(q);
	if (rc < 0)
		log_line(log, LOG_LEVEL_DEBUG, "today's totals: %s", e.text);
	else if (today.since != 0)
		outputs_today(f, &today);
}
