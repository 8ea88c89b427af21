#include "web/costs_json.h"

#include "base/jsonout.h"
#include "base/utc.h"
#include "web/handler_data.h"
#include "web/query_params.h"
#include "web/series_costs.h"

enum { OBJECT = 512, DAY_MAX_S = 25 * HOUR_S };

struct cost_rows {
	const struct handler_data *w;
	FILE *out;
	const char *label;
	bool any;
};

static void add_row(void *ctx, const struct query_cost_amounts *a)
{
	struct cost_rows *r = ctx;
	struct costs c = series_costs_of(r->w->prices, a);
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, r->label, a->label);
	jsonout_whole(&o, "start_ts", a->start);
	jsonout_whole(&o, "days", a->days);
	series_costs_add(&o, &c);
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
	struct costs c = series_costs_of(t->w->prices, a);

	if (t->now >= a->start && t->now < a->end)
		series_costs_add(t->o, &c);
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
