#include "web/prices_json.h"

#include <stdlib.h>

#include "base/jsonout.h"
#include "base/span.h"
#include "tariffs/cost.h"
#include "web/handler_data.h"

enum { OBJECT = 512, TARIFFS = 4, MICRO = 1000 };

static void find_tariff(void *ctx, const struct span cell[QUERY_CELLS])
{
	int *tariff = ctx;

	if (span_eq(cell[0], SPAN("tariff")) && cell[1].n == 1)
		*tariff = cell[1].p[0] - '0';
}

/* The tariff of the newest reading and its name; 0 if unknown. */
static int tariff_now(struct handler_data *w, enum tariff_order *order)
{
	struct err ignored;
	char *line = NULL;
	size_t n = 0;
	int tariff = 0;

	*order = TARIFF_LOW_NORMAL;
	if (handler_data_newest(w, &line, &n, &ignored) < 0)
		return 0;
	if (handler_data_query(w, &ignored) < 0 ||
	    query_line(w->query, QUERY_MEMBERS, (struct span){ line, n },
		       find_tariff, &tariff, &ignored) < 0 ||
	    query_tariff_order(w->query, order, &ignored) < 0)
		tariff = 0;
	free(line);
	return tariff;
}

static void add_price(struct jsonout *o, const char *name,
		      const struct amounts *prices, int which)
{
	char text[COST_TEXT];

	if (prices->known[which])
		jsonout_raw(o, name,
			    cost_format(text, prices->of[which] * MICRO));
}

/* The price of a tariff, or else that of all tariffs. */
static void add_by_tariff(struct jsonout *o, const char *name,
			  const struct amounts *prices, int all, int tariff)
{
	bool own =
		tariff >= 1 && tariff <= TARIFFS && prices->known[all + tariff];

	add_price(o, name, prices, own ? all + tariff : all);
}

int handle_prices(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e)
{
	static const char *const names[] = {
		[TARIFF_LOW_NORMAL] = "low_normal",
		[TARIFF_DAY_NIGHT] = "day_night",
	};
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	enum tariff_order order;
	int tariff = tariff_now(w, &order);

	(void)r;
	(void)e;
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "currency", span_of(w->currency));
	if (tariff > 0) {
		jsonout_whole(&o, "tariff", tariff);
		jsonout_text(&o, "tariff_names", span_of(names[order]));
	}
	add_by_tariff(&o, "import", w->prices, PRICE_IMPORT, tariff);
	add_by_tariff(&o, "export", w->prices, PRICE_EXPORT, tariff);
	for (int i = PRICE_GAS; i <= PRICE_COLD; i++)
		add_price(&o, price_names[i], w->prices, i);
	add_price(&o, "standing_day", w->prices, PRICE_FIXED);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(out, "%s\n", buf);
	return 0;
}
