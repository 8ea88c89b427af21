#include "web/peaks_json.h"

#include <string.h>

#include "base/fixed.h"
#include "base/jsonout.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"

enum { OBJECT = 4096, TARIFFS = 4, UNKNOWN = -1 };

/* Members of the newest reading's line, in Wh and W. */
struct line {
	int64_t total, tariff[TARIFFS], power_w, ts;
};

static void read_member(void *ctx, const struct span cell[QUERY_CELLS])
{
	const struct span name = cell[0];
	struct line *l = ctx;
	int64_t value;
	int tariff;

	if (!fixed_parse(cell[1], 3, &value))
		return;
	if (span_eq(name, SPAN("import_total")))
		l->total = value;
	else if (span_eq(name, SPAN("power_import")))
		l->power_w = value;
	else if (span_starts(name, SPAN("import_t")) && name.n == 9) {
		tariff = name.p[8] - '1';
		if (tariff >= 0 && tariff < TARIFFS)
			l->tariff[tariff] = value;
	}
}

static void read_time(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct line *l = ctx;

	if (!fixed_parse(cell[0], 0, &l->ts))
		l->ts = 0;
}

/* The newest reading of the feed, if its counters are accepted. */
static struct quarter_heard heard_by(struct handler_data *w)
{
	struct span text = { w->line, w->line_n };
	struct line l = { .total = UNKNOWN, .power_w = UNKNOWN };
	struct quarter_heard heard = { 0 };
	struct err ignored;

	if (!handler_data_is_fed(w) ||
	    query_line(w->query, QUERY_MEMBERS, text, read_member, &l,
		       &ignored) < 0 ||
	    query_line(w->query, QUERY_TIME, text, read_time, &l, &ignored) < 0)
		return heard;
	heard = (struct quarter_heard){ l.ts, l.total, l.power_w };
	if (l.total != UNKNOWN)
		return heard;
	heard.import_wh = 0;
	for (int i = 0; i < TARIFFS; i++)
		heard.import_wh += l.tariff[i];
	return heard;
}

static void add_quarter(struct jsonout *o, const struct quarter_running *q)
{
	if (!q->known)
		return;
	jsonout_open(o, "quarter", '{');
	jsonout_whole(o, "start_ts", q->start);
	jsonout_whole(o, "end_ts", q->end);
	jsonout_whole(o, "to_ts", q->to);
	jsonout_whole(o, "w", q->import_wh * QUARTERS_PER_HOUR);
	jsonout_whole(o, "projected_w", q->projected_wh * QUARTERS_PER_HOUR);
	jsonout_close(o, '}');
}

static int add_month(struct handler_data *w, struct jsonout *o,
		     const struct month_peak *m, struct err *e)
{
	const struct quarter *h = &m->highest;
	int rc = 0;

	if (!h->known && !m->told.known)
		return 0;
	jsonout_open(o, "month", '{');
	if (h->known) {
		jsonout_whole(o, "w", quarter_power_w(h));
		jsonout_whole(o, "start_ts", h->start);
		jsonout_whole(o, "end_ts", h->start + QUARTER_S);
		rc = amounts_json_local(w, o, "local_start", h->start, e);
	}
	if (m->told.known) {
		jsonout_open(o, "meter", '{');
		jsonout_whole(o, "w", m->told.w);
		if (m->told.ts > 0)
			jsonout_whole(o, "ts", m->told.ts);
		jsonout_close(o, '}');
	}
	jsonout_close(o, '}');
	return rc;
}

/* Add the mean of the peaks. */
static void add_months(struct jsonout *o, const struct query_peaks *p)
{
	int64_t sum = 0;

	if (p->months == 0)
		return;
	jsonout_open(o, "months", '[');
	for (int i = 0; i < p->months; i++) {
		const struct month_peak *m = &p->year[i];

		sum += month_peak_w(m);
		jsonout_open(o, NULL, '{');
		jsonout_text(o, "month", span_of(m->month));
		jsonout_whole(o, "w", month_peak_w(m));
		if (m->highest.known)
			jsonout_whole(o, "start_ts", m->highest.start);
		jsonout_close(o, '}');
	}
	jsonout_close(o, ']');
	jsonout_whole(o, "mean_w", (sum + p->months / 2) / p->months);
}

static int add_highest(struct handler_data *w, struct jsonout *o,
		       const struct query_peaks *p, struct err *e)
{
	int rc;

	if (p->highest_ts == 0)
		return 0;
	jsonout_open(o, "highest", '{');
	jsonout_whole(o, "w", p->highest_w);
	jsonout_whole(o, "ts", p->highest_ts);
	rc = amounts_json_local(w, o, "local_time", p->highest_ts, e);
	jsonout_close(o, '}');
	return rc;
}

static int read_date(struct handler_data *w, const struct request *r,
		     char day[LOCAL_TIME_DAY], struct err *e)
{
	int rc = handler_data_query(w, e);

	return rc == 0 ? query_params_date(w, r, day, e) : rc;
}

int handle_peaks(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	char buf[OBJECT], day[LOCAL_TIME_DAY];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct quarter_heard heard;
	struct query_peaks p;
	int rc = read_date(w, r, day, e);

	if (rc < 0)
		return rc;
	heard = heard_by(w);
	rc = query_peaks(w->query, day, &heard, &p, e);
	if (rc < 0)
		return rc;
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "date", span_of(day));
	add_quarter(&o, &p.quarter);
	rc = add_month(w, &o, &p.month, e);
	add_months(&o, &p);
	if (rc == 0)
		rc = add_highest(w, &o, &p, e);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(out, "%s\n", buf);
	return rc;
}

int handle_standby(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e)
{
	char buf[OBJECT], day[LOCAL_TIME_DAY];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct quarter q = { 0 };
	int rc = read_date(w, r, day, e);

	if (rc == 0)
		rc = query_standby(w->query, day, &q, e);
	if (rc < 0)
		return rc;
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "date", span_of(day));
	if (q.known) {
		jsonout_whole(&o, "w", quarter_power_w(&q));
		jsonout_whole(&o, "start_ts", q.start);
		rc = amounts_json_local(w, &o, "local_start", q.start, e);
	}
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(out, "%s\n", buf);
	return rc;
}
