#include "web/selection_json.h"

#include <math.h>

#include "base/jsonout.h"
#include "base/utc.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"
#include "web/series_costs.h"

enum { DOCUMENT = 8192 };

struct selected {
	struct jsonout o;
	uint32_t have; /* of all media */
	int64_t amount[SERIES_COUNT];
	bool any; /* electricity */
	int64_t mean_w;
};

/* The mean power in W. */
static int64_t mean_of(const struct selection_sum *s)
{
	int64_t net = s->amount[SERIES_IMPORT] - s->amount[SERIES_EXPORT];

	return llround((double)(net * HOUR_S) / (double)(s->to - s->from));
}

static void add_sum(void *ctx, const struct selection_sum *s)
{
	struct selected *it = ctx;

	jsonout_open(&it->o, NULL, '{');
	jsonout_text(&it->o, "medium", span_of(medium_name(s->medium)));
	jsonout_whole(&it->o, "from_ts", s->from);
	jsonout_whole(&it->o, "to_ts", s->to);
	amounts_json_add(&it->o, s->medium, s->have, s->amount);
	jsonout_close(&it->o, '}');
	for (int i = 0; i < SERIES_COUNT; i++)
		if (s->have >> i & 1)
			it->amount[i] = s->amount[i];
	it->have |= s->have;
	if (s->medium == MEDIUM_ELECTRICITY) {
		it->any = true;
		it->mean_w = mean_of(s);
	}
}

/* The standing charge covers the days that are selected completely. */
static int add_costs(struct selected *it, struct handler_data *w, int64_t from,
		     int64_t to, struct err *e)
{
	int64_t days = 0;
	struct costs c;
	int rc = query_days_whole(w->query, from, to, &days, e);

	if (rc < 0)
		return rc;
	c = series_costs(w->prices, it->have, it->amount, days);
	jsonout_text(&it->o, "currency", span_of(w->currency));
	jsonout_open(&it->o, "costs", '{');
	series_costs_add(&it->o, &c);
	jsonout_close(&it->o, '}');
	return 0;
}

int handle_selection(struct handler_data *w, const struct request *r, FILE *out,
		     struct err *e)
{
	char buf[DOCUMENT];
	struct selected it = { .o = jsonout(buf, sizeof(buf)) };
	int64_t from = 0, to = 0;
	int rc = query_params_range(w, r, DAY_S, &from, &to, e);

	if (rc < 0)
		return rc;
	jsonout_open(&it.o, NULL, '{');
	jsonout_whole(&it.o, "from_ts", from);
	jsonout_whole(&it.o, "to_ts", to);
	jsonout_open(&it.o, "sums", '[');
	rc = query_selection(w->query, from, to, add_sum, &it, e);
	jsonout_close(&it.o, ']');
	if (it.any)
		jsonout_whole(&it.o, "mean_w", it.mean_w);
	if (rc == 0 && price_any(w->prices))
		rc = add_costs(&it, w, from, to, e);
	jsonout_close(&it.o, '}');
	jsonout_end(&it.o);
	fprintf(out, "%s\n", buf);
	return rc;
}
