#include "web/usual_json.h"

#include <stdlib.h>

#include "base/jsonout.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"
#include "web/series_costs.h"

enum { DOCUMENT = 64 * 1024 };

/*
 * until=; default: the newest reading on the date itself, so that both have
 * reached the same time of day, else its end.
 */
static int read_until(struct handler_data *w, const struct request *r,
		      const char *day, int64_t *until, struct err *e)
{
	int64_t now = clock_utc(w->clock), last = now, start = 0;
	int rc = query_instant(w->query, span_of(day), &start, e);

	if (rc == 0)
		rc = handler_data_last(w, &last, e);
	if (rc < 0)
		return rc;
	if (now < start)
		last = INT64_MAX;
	else if (last == 0 || last > now)
		last = now;
	return query_params_instant(w, r, "until=", last, until, e);
}

static void add_power(struct jsonout *o, const struct usual_day *u)
{
	jsonout_open(o, "power", '[');
	for (int i = 0; i < USUAL_DAY_SLOTS; i++) {
		if (!u->known[i])
			continue;
		jsonout_open(o, NULL, '{');
		jsonout_whole(o, "slot_s", (int64_t)i * USUAL_DAY_SLOT_S);
		jsonout_whole(o, "w", u->power_w[i]);
		jsonout_close(o, '}');
	}
	jsonout_close(o, ']');
}

static void add_hour(struct jsonout *o, int hour, const char *again,
		     const struct usual_day_amounts *a)
{
	char slot[32];

	snprintf(slot, sizeof(slot), "%02d:00%s", hour, again);
	jsonout_open(o, NULL, '{');
	jsonout_text(o, "slot", span_of(slot));
	amounts_json_add_all(o, a->have, a->amount);
	jsonout_close(o, '}');
}

void usual_json_hours(struct jsonout *o, const struct usual_day *u, bool again)
{
	for (int h = 0; h < USUAL_DAY_HOURS; h++) {
		if (u->hour[h].have == 0)
			continue;
		add_hour(o, h, "", &u->hour[h]);
		if (again && h == u->again)
			add_hour(o, h, " again", &u->hour[h]);
	}
}

static void add_sums(struct jsonout *o, const char *name,
		     const struct usual_day *u,
		     const struct usual_day_amounts *a)
{
	jsonout_open(o, name, '[');
	for (int i = 0; i < SERIES_GAPS; i++) {
		enum medium m = series_gaps[i].medium;

		if (u->days[m] == 0)
			continue;
		jsonout_open(o, NULL, '{');
		jsonout_text(o, "medium", span_of(medium_name(m)));
		jsonout_whole(o, "days", u->days[m]);
		amounts_json_add(o, m, a->have, a->amount);
		jsonout_close(o, '}');
	}
	jsonout_close(o, ']');
}

static void add_costs(struct jsonout *o, const struct handler_data *w,
		      const char *name, const struct usual_day_amounts *a)
{
	struct costs c = series_costs(w->prices, a->have, a->amount, 1);

	jsonout_open(o, name, '{');
	series_costs_add(o, &c);
	jsonout_close(o, '}');
}

static int most_days(const struct usual_day *u)
{
	int most = 0;

	for (int m = 0; m < MEDIUM_COUNT; m++)
		most = u->days[m] > most ? u->days[m] : most;
	return most;
}

static void add_usual(struct jsonout *o, const struct handler_data *w,
		      const struct usual_day *u)
{
	jsonout_whole(o, "days", most_days(u));
	add_power(o, u);
	jsonout_open(o, "hours", '[');
	usual_json_hours(o, u, false);
	jsonout_close(o, ']');
	add_sums(o, "sums", u, &u->until);
	add_sums(o, "whole", u, &u->whole);
	if (!price_any(w->prices) || most_days(u) == 0)
		return;
	jsonout_text(o, "currency", span_of(w->currency));
	jsonout_open(o, "costs", '{');
	add_costs(o, w, "until", &u->until);
	add_costs(o, w, "whole", &u->whole);
	jsonout_close(o, '}');
}

int handle_usual(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	char day[LOCAL_TIME_DAY], *buf;
	struct usual_day u;
	struct jsonout o;
	int64_t until = 0;
	int rc = handler_data_query(w, e);

	if (rc == 0)
		rc = query_params_date(w, r, day, e);
	if (rc == 0)
		rc = read_until(w, r, day, &until, e);
	if (rc == 0)
		rc = query_usual_day(w->query, day, until, &u, e);
	if (rc < 0)
		return rc;
	buf = malloc(DOCUMENT);
	if (buf == NULL)
		return err_memory(e);
	o = jsonout(buf, DOCUMENT);
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "date", span_of(day));
	add_usual(&o, w, &u);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(out, "%s\n", buf);
	free(buf);
	return 0;
}
