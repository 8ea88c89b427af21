#include "web/gaps_json.h"

#include "base/jsonout.h"
#include "base/utc.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"

enum {
	OBJECT = 2048,
	DAYS = 31,
	CLOSELY = 62, /* up to this many days, look at every reading */
	GAPS_MAX = 1000,
};

struct gaps {
	struct handler_data *w;
	FILE *out;
	long n;
	int rc;
	struct err *e;
};

static void add_time(struct gaps *l, struct jsonout *o, const char *utc,
		     const char *local, int64_t t)
{
	char text[UTC_TEXT], shown[LOCAL_TIME_TEXT];

	if (l->rc == 0)
		l->rc = query_local_time(l->w->query, t, shown, l->e);
	if (l->rc < 0)
		return;
	jsonout_text(o, utc, span_of(utc_format(text, t)));
	jsonout_text(o, local, span_of(shown));
}

static void add_gap(void *ctx, const struct gap *g)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct gaps *l = ctx;

	if (l->n == GAPS_MAX)
		return;
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "medium", span_of(medium_name(g->medium)));
	jsonout_whole(&o, "start_ts", g->start);
	jsonout_whole(&o, "end_ts", g->end);
	add_time(l, &o, "start", "local_start", g->start);
	add_time(l, &o, "end", "local_end", g->end);
	if (g->open)
		jsonout_raw(&o, "open", "true");
	amounts_json_add_all(&o, g->have, g->amount);
	jsonout_close(&o, '}');
	if (jsonout_end(&o) > 0)
		fprintf(l->out, "%s%s", l->n++ > 0 ? ",\n" : "", buf);
}

int handle_gaps(struct handler_data *w, const struct request *r, FILE *out,
		struct err *e)
{
	struct gaps l = { .w = w, .out = out, .e = e };
	struct query_gaps of = { .shortest = GAP_LIST_LONG_S };
	int rc = query_params_range(w, r, DAYS * (int64_t)DAY_S, &of.from,
				    &of.to, e);

	if (rc == 0 && handler_data_is_fed(w))
		rc = handler_data_last(w, &of.heard, e);
	if (rc < 0)
		return rc;
	if (of.to - of.from <= CLOSELY * (int64_t)DAY_S)
		of.shortest = GAP_LIST_SHORT_S;
	fputs("{\"rows\":[", out);
	rc = query_gaps(w->query, &of, add_gap, &l, e);
	fputs("]}\n", out);
	return rc < 0 ? rc : l.rc;
}
