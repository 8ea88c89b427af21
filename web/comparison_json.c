#include "web/comparison_json.h"

#include "base/jsonout.h"
#include "web/handler_data.h"
#include "web/query_params.h"

enum { OBJECT = 4096 };

static const char *const span_names[] = {
	[COMPARISON_DAY] = "day",
	[COMPARISON_WEEK] = "week",
	[COMPARISON_MONTH] = "month",
	[COMPARISON_YEAR] = "year",
};

static const char *const with_names[] = {
	[COMPARISON_NOTHING] = "nothing",
	[COMPARISON_BEFORE] = "before",
	[COMPARISON_LAST_YEAR] = "year",
};

static int read_question(struct handler_data *w, const struct request *r,
			 struct comparison *c, struct err *e)
{
	char day[LOCAL_TIME_DAY];
	int span = query_params_word(r, "period=", span_names, COMPARISON_SPANS,
				     COMPARISON_DAY, e);
	int with = span < 0 ? span
			    : query_params_word(r, "with=", with_names,
						COMPARISON_WITHS,
						COMPARISON_BEFORE, e);
	int rc = with < 0 ? with : query_params_date(w, r, day, e);

	if (rc < 0)
		return rc;
	*c = (struct comparison){ .span = (enum comparison_span)span,
				  .with = (enum comparison_with)with };
	return query_comparison(w->query, c, day, e);
}

static int write_period(struct handler_data *w, const struct comparison *c,
			const struct comparison_period *p, const char *name,
			FILE *out, struct err *e)
{
	int rc;

	fprintf(out,
		",\"%s\":{\"start_ts\":%lld,\"end_ts\":%lld,\"rows\":", name,
		(long long)p->start, (long long)p->end);
	rc = query_comparison_rows(w->query, c, p, out, e);
	fputc('}', out);
	return rc;
}

struct sums {
	struct handler_data *w;
	FILE *out;
	const char *before; /* separator before the next sum */
	int rc;
	struct err *e;
};

static void add_time(struct sums *s, struct jsonout *o, const char *name,
		     int64_t t)
{
	char text[LOCAL_TIME_TEXT];

	if (s->rc == 0)
		s->rc = query_local_time(s->w->query, t, text, s->e);
	if (s->rc == 0)
		jsonout_text(o, name, span_of(text));
}

static void add_amount(struct sums *s, struct jsonout *o, const char *name,
		       const struct comparison_amount *a)
{
	if (a->from == a->to)
		return;
	jsonout_open(o, name, '{');
	jsonout_whole(o, "from_ts", a->from);
	jsonout_whole(o, "to_ts", a->to);
	add_time(s, o, "local_from", a->from);
	add_time(s, o, "local_to", a->to);
	for (int i = 0; i < SERIES_COUNT; i++)
		if (a->have >> i & 1)
			jsonout_decimal(o, series[i].column_big, a->amount[i]);
	jsonout_close(o, '}');
}

static void add_sum(void *ctx, const struct comparison_sum *sum)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct sums *s = ctx;

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "medium", span_of(medium_name(sum->medium)));
	jsonout_whole(&o, "last_ts", sum->last);
	add_amount(s, &o, "now", &sum->now);
	add_amount(s, &o, "same", &sum->same);
	add_amount(s, &o, "before", &sum->before);
	jsonout_close(&o, '}');
	if (jsonout_end(&o) == 0)
		return;
	fprintf(s->out, "%s%s", s->before, buf);
	s->before = ",\n";
}

int handle_comparison(struct handler_data *w, const struct request *r,
		      FILE *out, struct err *e)
{
	struct sums sums = { .w = w, .out = out, .before = "", .e = e };
	struct comparison c = { 0 };
	int rc = handler_data_query(w, e);

	if (rc == 0)
		rc = read_question(w, r, &c, e);
	if (rc < 0)
		return rc;
	fprintf(out, "{\"period\":\"%s\",\"with\":\"%s\",\"resolution\":\"%s\"",
		span_names[c.span], with_names[c.with],
		query_params_period_name(c.step));
	rc = write_period(w, &c, &c.now, "now", out, e);
	if (rc == 0 && c.before.start < c.before.end)
		rc = write_period(w, &c, &c.before, "before", out, e);
	fputs(",\"sums\":[", out);
	if (rc == 0)
		rc = query_comparison_sums(w->query, &c, add_sum, &sums, e);
	fputs("]}\n", out);
	return rc < 0 ? rc : sums.rc;
}
