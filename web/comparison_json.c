#include "web/comparison_json.h"

#include <string.h>

#include "base/jsonout.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"
#include "web/series_costs.h"
#include "web/usual_json.h"

enum { OBJECT = 4096, HOURS = 16 * 1024 };

static const char *const span_names[] = {
	[COMPARISON_DAY] = "day",
	[COMPARISON_WEEK] = "week",
	[COMPARISON_MONTH] = "month",
	[COMPARISON_YEAR] = "year",
};

static const char *const with_names[] = {
	[COMPARISON_NOTHING] = "nothing", [COMPARISON_BEFORE] = "before",
	[COMPARISON_LAST_YEAR] = "year",  [COMPARISON_LAST_WEEK] = "week",
	[COMPARISON_USUAL] = "usual",
};

/* The content of a document. */
struct compared {
	struct handler_data *w;
	struct err *e;
	char day[LOCAL_TIME_DAY];
	struct comparison c;
	struct comparison_sum sum[SERIES_GAPS];
	int n;
	struct usual_day usual;
};

static int read_question(struct handler_data *w, const struct request *r,
			 char day[LOCAL_TIME_DAY], struct comparison *c,
			 struct err *e)
{
	int span = query_params_word(r, "period=", span_names, COMPARISON_SPANS,
				     COMPARISON_DAY, e);
	int with = span < 0 ? span
			    : query_params_word(r, "with=", with_names,
						COMPARISON_WITHS,
						COMPARISON_BEFORE, e);
	int rc = with < 0 ? with : query_params_date(w, r, day, e);

	if (rc < 0)
		return rc;
	if ((with == COMPARISON_USUAL || with == COMPARISON_LAST_WEEK) &&
	    span != COMPARISON_DAY)
		return err_set(e, ERR_USAGE, "with='%s' is only for period=day",
			       with_names[with]);
	*c = (struct comparison){ .span = (enum comparison_span)span,
				  .with = (enum comparison_with)with };
	return query_comparison(w->query, c, day, e);
}

int comparison_json_read(struct handler_data *w, const struct request *r,
			 struct comparison *out, struct err *e)
{
	char day[LOCAL_TIME_DAY];

	return read_question(w, r, day, out, e);
}

static void collect(void *ctx, const struct comparison_sum *sum)
{
	struct compared *it = ctx;

	it->sum[it->n++] = *sum;
}

/* Find a usual day, up to the time that the day has reached. */
static int find_usual(struct compared *it)
{
	int64_t until = it->n > 0 ? it->sum[0].now.to : 0;
	int rc = query_usual_day(it->w->query, it->day, until, &it->usual,
				 it->e);

	for (int i = 0; i < it->n && rc == 0; i++) {
		struct comparison_sum *s = &it->sum[i];

		if (it->usual.days[s->medium] == 0 || s->now.from == s->now.to)
			continue;
		s->same = s->now;
		s->before = (struct comparison_amount){
			.from = it->usual.from,
			.to = it->usual.to,
			.have = it->usual.until.have,
		};
		memcpy(s->before.amount, it->usual.until.amount,
		       sizeof(s->before.amount));
	}
	return rc;
}

static int find_all(struct compared *it, const struct request *r)
{
	int rc = handler_data_query(it->w, it->e);

	if (rc == 0)
		rc = read_question(it->w, r, it->day, &it->c, it->e);
	if (rc == 0)
		rc = query_comparison_sums(it->w->query, &it->c, collect, it,
					   it->e);
	return rc == 0 && it->c.with == COMPARISON_USUAL ? find_usual(it) : rc;
}

static void open_period(FILE *out, const char *name, int64_t start, int64_t end)
{
	fprintf(out,
		",\"%s\":{\"start_ts\":%lld,\"end_ts\":%lld,\"rows\":", name,
		(long long)start, (long long)end);
}

static int write_period(struct compared *it, const struct comparison_period *p,
			const char *name, FILE *out)
{
	int rc;

	open_period(out, name, p->start, p->end);
	rc = query_comparison_rows(it->w->query, &it->c, p, out, it->e);
	fputc('}', out);
	return rc;
}

/* Write a usual day in place of the earlier period. */
static void write_usual(struct compared *it, FILE *out)
{
	char buf[HOURS];
	struct jsonout o = jsonout(buf, sizeof(buf));

	open_period(out, "before", it->usual.from, it->usual.to);
	jsonout_open(&o, NULL, '[');
	usual_json_hours(&o, &it->usual, true);
	jsonout_close(&o, ']');
	jsonout_end(&o);
	fprintf(out, "%s}", buf);
}

static int write_periods(struct compared *it, FILE *out)
{
	int rc = write_period(it, &it->c.now, "now", out);

	if (rc == 0 && it->c.before.start < it->c.before.end)
		return write_period(it, &it->c.before, "before", out);
	if (it->usual.from < it->usual.to)
		write_usual(it, out);
	return rc;
}

static int add_amount(struct compared *it, struct jsonout *o, const char *name,
		      enum medium m, const struct comparison_amount *a)
{
	int rc;

	if (a->from == a->to)
		return 0;
	jsonout_open(o, name, '{');
	jsonout_whole(o, "from_ts", a->from);
	jsonout_whole(o, "to_ts", a->to);
	rc = amounts_json_local(it->w, o, "local_from", a->from, it->e);
	if (rc == 0)
		rc = amounts_json_local(it->w, o, "local_to", a->to, it->e);
	amounts_json_add(o, m, a->have, a->amount);
	jsonout_close(o, '}');
	return rc;
}

static int write_sum(struct compared *it, const struct comparison_sum *sum,
		     FILE *out)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	int rc;

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "medium", span_of(medium_name(sum->medium)));
	jsonout_whole(&o, "last_ts", sum->last);
	rc = add_amount(it, &o, "now", sum->medium, &sum->now);
	if (rc == 0)
		rc = add_amount(it, &o, "same", sum->medium, &sum->same);
	if (rc == 0)
		rc = add_amount(it, &o, "before", sum->medium, &sum->before);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fputs(buf, out);
	return rc;
}

/* Write what all media of the period have cost so far. */
static int write_costs(struct compared *it, FILE *out)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct comparison_amount all = { 0 };
	int64_t days = 0;
	struct costs c;
	int rc = query_days_started(it->w->query, it->c.now.start,
				    it->c.now.end, &days, it->e);

	for (int i = 0; i < it->n; i++)
		for (int s = 0; s < SERIES_COUNT; s++)
			if (it->sum[i].now.have >> s & 1)
				all.amount[s] = it->sum[i].now.amount[s];
	for (int i = 0; i < it->n; i++)
		all.have |= it->sum[i].now.have;
	c = series_costs(it->w->prices, all.have, all.amount, days);
	jsonout_open(&o, NULL, '{');
	series_costs_add(&o, &c);
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fprintf(out, ",\"currency\":\"%s\",\"costs\":%s", it->w->currency, buf);
	return rc;
}

static int write_all(struct compared *it, FILE *out)
{
	int rc;

	fprintf(out, "{\"period\":\"%s\",\"with\":\"%s\",\"resolution\":\"%s\"",
		span_names[it->c.span], with_names[it->c.with],
		query_params_period_name(it->c.step));
	rc = write_periods(it, out);
	fputs(",\"sums\":[", out);
	for (int i = 0; i < it->n && rc == 0; i++) {
		fputs(i > 0 ? ",\n" : "", out);
		rc = write_sum(it, &it->sum[i], out);
	}
	fputc(']', out);
	if (rc == 0 && price_any(it->w->prices))
		rc = write_costs(it, out);
	fputs("}\n", out);
	return rc;
}

int handle_comparison(struct handler_data *w, const struct request *r,
		      FILE *out, struct err *e)
{
	struct compared it = { .w = w, .e = e };
	int rc = find_all(&it, r);

	return rc < 0 ? rc : write_all(&it, out);
}
