#include "web/costs_json.h"

#include "base/jsonout.h"
#include "base/utc.h"
#include "tariffs/cost.h"
#include "web/handler_data.h"
#include "web/query_params.h"

enum { OBJECT = 512, DAY_MAX_S = 25 * HOUR_S };

/* Price of each series; other series cost nothing. */
static const int price_of[SERIES_COUNT] = {
	[SERIES_IMPORT] = PRICE_IMPORT,
	[SERIES_IMPORT_T1] = PRICE_IMPORT_T1,
	[SERIES_IMPORT_T2] = PRICE_IMPORT_T2,
	[SERIES_IMPORT_T3] = PRICE_IMPORT_T3,
	[SERIES_IMPORT_T4] = PRICE_IMPORT_T4,
	[SERIES_EXPORT] = PRICE_EXPORT,
	[SERIES_EXPORT_T1] = PRICE_EXPORT_T1,
	[SERIES_EXPORT_T2] = PRICE_EXPORT_T2,
	[SERIES_EXPORT_T3] = PRICE_EXPORT_T3,
	[SERIES_EXPORT_T4] = PRICE_EXPORT_T4,
	[SERIES_REACTIVE_IMPORT] = -1,
	[SERIES_REACTIVE_EXPORT] = -1,
	[SERIES_GAS] = PRICE_GAS,
	[SERIES_WATER] = PRICE_WATER,
	[SERIES_WARM_WATER] = PRICE_WARM_WATER,
	[SERIES_HEAT] = PRICE_HEAT,
	[SERIES_COLD] = PRICE_COLD,
};

static struct costs costs_of(const struct handler_data *w,
			     const struct query_cost_amounts *a)
{
	struct amounts used = { 0 };

	for (int i = 0; i < SERIES_COUNT; i++)
		if (a->known[i] && price_of[i] >= 0)
			amounts_set(&used, (enum price)price_of[i], a->of[i]);
	amounts_set(&used, PRICE_FIXED, a->days);
	return cost_of(w->prices, &used);
}

static void add_costs(struct jsonout *o, const struct costs *c)
{
	char text[COST_TEXT];

	for (int i = 0; i < COST_COUNT; i++)
		if (c->known[i])
			jsonout_raw(o, cost_names[i],
				    cost_format(text, c->nano[i]));
}

struct cost_rows {
	const struct handler_data *w;
	FILE *out;
	const char *label;
	bool any;
};

static void add_row(void *ctx, const struct query_cost_amounts *a)
{
	struct cost_rows *r = ctx;
	struct costs c = costs_of(r->w, a);
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, r->label, a->label);
	jsonout_whole(&o, "start_ts", a->start);
	jsonout_whole(&o, "days", a->days);
	add_costs(&o, &c);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(r->out, "%s%s", r->any ? ",\n" : "", buf);
	r->any = true;
}

int handle_costs(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	enum period p = PERIOD_DAY;
	struct cost_rows rows = { .w = w, .out = out };
	int64_t from = 0, to = 0;
	int rc = query_params_periods(w, r, PERIOD_DAY, &p, &from, &to, e);

	if (rc < 0)
		return rc;
	rows.label = query_params_period_name(p);
	fprintf(out, "{\"resolution\":\"%s\",\"currency\":\"%s\",\"rows\":[",
		rows.label, w->currency);
	if (price_any(w->prices))
		rc = query_cost_amounts(w->query, p, from, to, add_row, &rows,
					e);
	fputs("]}\n", out);
	return rc;
}

struct today {
	const struct handler_data *w;
	struct jsonout *o;
	int64_t now;
};

static void add_today(void *ctx, const struct query_cost_amounts *a)
{
	struct today *t = ctx;
	struct costs c = costs_of(t->w, a);

	if (t->now >= a->start && t->now < a->end)
		add_costs(t->o, &c);
}

int costs_json_write(struct handler_data *w, const char *line, size_t n,
		     FILE *out, struct err *e)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct today t = { w, &o, clock_utc(w->clock) };
	int rc;

	if (!price_any(w->prices)) {
		fwrite(line, 1, n, out);
		return 0;
	}
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "currency", span_of(w->currency));
	rc = handler_data_query(w, e);
	if (rc == 0)
		rc = query_cost_amounts(w->query, PERIOD_DAY, t.now - DAY_MAX_S,
					t.now + 1, add_today, &t, e);
	jsonout_close(&o, '}');
	if (rc < 0)
		return rc;
	n = jsonout_end(&o) > 0 ? n : 0;
	return query_with_costs(w->query, (struct span){ line, n },
				span_of(buf), out, e);
}
