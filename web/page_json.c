#include "web/page_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "web/comparison_json.h"
#include "web/gaps_json.h"
#include "web/handler_data.h"
#include "web/handlers.h"
#include "web/held_json.h"
#include "web/peaks_json.h"
#include "web/prices_json.h"
#include "web/readings_json.h"
#include "web/request.h"
#include "web/usual_json.h"

enum {
	VALUE = 24,
	CURVE_STEP_S = 300,
	LINE_STEP_S = 15,
	ENOUGH_MS = 1500, /* of processor time; then no more members */
};

/* The parameters that a member gets. */
enum asks {
	NOTHING,
	DATE,	/* date= */
	PERIOD, /* those of the page: period=, date=, with= */
	RANGE,	/* from= and to=: the period */
	CURVE,	/* the same for a day, and step= */
	LINE,	/* the last hour, and step= */
};

/* Pass on the parameters of the page, but replace others. */
struct passed {
	const struct request *page;
	enum asks asks;
	struct comparison_period period;
	int64_t now;
};

static const char *number(char *buf, int size, int64_t v)
{
	snprintf(buf, (size_t)size, "%lld", (long long)v);
	return buf;
}

static const char *argument(void *ctx, const char *name, char *buf, int size)
{
	const struct passed *p = ctx;
	bool line = p->asks == LINE;

	if ((p->asks == DATE && strcmp(name, "date=") == 0) ||
	    p->asks == PERIOD)
		return p->page->arg(p->page->ctx, name, buf, size);
	if (p->asks < RANGE)
		return NULL;
	if (strcmp(name, "from=") == 0)
		return number(buf, size,
			      line ? p->now - HOUR_S : p->period.start);
	if (strcmp(name, "to=") == 0)
		return number(buf, size, line ? p->now + 1 : p->period.end);
	if (strcmp(name, "step=") == 0 && p->asks != RANGE)
		return number(buf, size, line ? LINE_STEP_S : CURVE_STEP_S);
	return NULL;
}

static const struct member {
	const char *name;
	int (*handle)(struct handler_data *w, const struct request *r,
		      FILE *out, struct err *e);
	enum asks asks;
} members[] = {
	{ "current", handle_current, NOTHING },
	{ "today", handle_today, NOTHING },
	{ "prices", handle_prices, NOTHING },
	{ "comparison", handle_comparison, PERIOD },
	{ "gaps", handle_gaps, RANGE },
	{ "power", handle_power, CURVE },
	{ "line", handle_power, LINE },
	{ "readings", handle_readings, NOTHING },
	{ "held", handle_held, NOTHING },
	{ "meters", handle_meters, NOTHING },
	{ "events", handle_events, NOTHING },
	{ "usual", handle_usual, DATE },
	{ "standby", handle_standby, DATE },
	{ "peaks", handle_peaks, DATE },
};

/*
 * Make the malloc'd text of a member. Returns its length, or 0 if that failed.
 */
static size_t make(struct handler_data *w, const struct member *m,
		   struct passed *p, char **text)
{
	const struct request r = { .arg = argument, .ctx = p };
	struct err ignored = { 0 };
	size_t n = 0;
	FILE *out = open_memstream(text, &n);
	int rc;

	if (out == NULL)
		return 0;
	p->asks = m->asks;
	rc = m->handle(w, &r, out, &ignored);
	if (fclose(out) != 0 || rc < 0)
		return 0;
	return n > 0 && (*text)[n - 1] == '\n' ? n - 1 : n;
}

static bool is_shown(const struct member *m, const struct comparison *c)
{
	return m->asks != CURVE || c->span == COMPARISON_DAY;
}

int handle_page(struct handler_data *w, const struct request *r, FILE *out,
		struct err *e)
{
	struct passed p = { .page = r, .now = clock_utc(w->clock) };
	int64_t end_ms = clock_work_ms(w->clock) + ENOUGH_MS;
	struct comparison c = { 0 };
	char local[LOCAL_TIME_TEXT];
	int rc = handler_data_query(w, e);

	if (rc == 0)
		rc = comparison_json_read(w, r, &c, e);
	if (rc == 0)
		rc = query_local_time(w->query, p.now, local, e);
	if (rc < 0)
		return rc;
	fprintf(out, "{\"at_ts\":%lld,\"local_at\":\"%s\"", (long long)p.now,
		local);
	p.period = c.now;
	for (size_t i = 0; i < COUNT(members); i++) {
		char *text = NULL;
		size_t n = 0;

		if (is_shown(&members[i], &c) &&
		    clock_work_ms(w->clock) < end_ms)
			n = make(w, &members[i], &p, &text);
		if (n > 0)
			fprintf(out, ",\n\"%s\":%.*s", members[i].name, (int)n,
				text);
		free(text);
	}
	fputs("}\n", out);
	return 0;
}
