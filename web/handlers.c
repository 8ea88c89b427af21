#include "web/handlers.h"

#include <stdlib.h>

#include "base/utc.h"
#include "web/costs_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"
#include "web/request.h"

enum {
	POINTS = 1000, /* default number of power samples */
};

static void head(FILE *out, enum query_form form, const char *name,
		 const char *value)
{
	if (form == QUERY_JSON)
		fprintf(out, "{\"%s\":\"%s\",\"rows\":", name, value);
}

static void tail(FILE *out, enum query_form form)
{
	if (form == QUERY_JSON)
		fputs("}\n", out);
}

int handle_history(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e)
{
	enum period p = PERIOD_DAY;
	enum query_form form = QUERY_JSON;
	int64_t from = 0, to = 0;
	int rc = query_params_form(r, &form, e);

	if (rc == 0)
		rc = query_params_periods(w, r, PERIOD_HOUR, &p, &from, &to, e);
	if (rc < 0)
		return rc;
	head(out, form, "resolution", query_params_period_name(p));
	rc = query_history(w->query, p, from, to, form, out, e);
	tail(out, form);
	return rc;
}

/* The step in seconds that gives about POINTS rows. */
static int64_t step_for(int64_t length)
{
	return length > POINTS ? (length + POINTS - 1) / POINTS : 1;
}

int handle_power(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	enum query_form form = QUERY_JSON;
	int64_t from = 0, to = 0, step = 1;
	int rc = query_params_form(r, &form, e);

	if (rc == 0)
		rc = query_params_range(w, r, HOUR_S, &from, &to, e);
	if (rc == 0)
		rc = query_params_number(r, "step=", 1, step_for(to - from),
					 &step, e);
	if (rc < 0)
		return rc;
	head(out, form, "unit", "W");
	rc = query_power(w->query, from, to, step, form, out, e);
	tail(out, form);
	return rc;
}

int handle_events(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e)
{
	int rc = handler_data_query(w, e);

	(void)r;
	if (rc < 0)
		return rc;
	fputs("{\"events\":", out);
	rc = query_events(w->query, out, e);
	fputs("}\n", out);
	return rc;
}

int handle_meters(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e)
{
	enum query_form form = QUERY_JSON;
	int rc = query_params_form(r, &form, e);

	if (rc == 0)
		rc = handler_data_query(w, e);
	if (rc < 0)
		return rc;
	if (form == QUERY_JSON)
		fputs("{\"meters\":", out);
	rc = query_meters(w->query, form, out, e);
	tail(out, form);
	return rc;
}

int handle_current(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e)
{
	char *line = NULL;
	size_t n = 0;
	int rc = handler_data_newest(w, &line, &n, e);

	(void)r;
	if (rc < 0)
		return rc;
	rc = costs_json_write(w, line, n, out, e);
	putc('\n', out);
	free(line);
	return rc;
}

int handle_today(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	int rc = handler_data_query(w, e);

	(void)r;
	return rc < 0 ? rc : query_today(w->query, out, e);
}

/* Write a document that SQLite derives from the newest line. */
static int derived(struct handler_data *w, FILE *out, struct err *e,
		   int (*make)(struct query *q, struct span line, FILE *out,
			       struct err *e))
{
	char *line = NULL;
	size_t n = 0;
	int rc = handler_data_query(w, e);

	if (rc == 0)
		rc = handler_data_newest(w, &line, &n, e);
	if (rc < 0)
		return rc;
	rc = make(w->query, (struct span){ line, n }, out, e);
	putc('\n', out);
	free(line);
	return rc;
}

int handle_smer_current(struct handler_data *w, const struct request *r,
			FILE *out, struct err *e)
{
	(void)r;
	return derived(w, out, e, query_smer_one);
}

int handle_smart_meter(struct handler_data *w, const struct request *r,
		       FILE *out, struct err *e)
{
	(void)r;
	return derived(w, out, e, query_smart_meter);
}

/* res= is the number of seconds to look back. */
int handle_smer_history(struct handler_data *w, const struct request *r,
			FILE *out, struct err *e)
{
	int64_t now = clock_utc(w->clock), length = 0;
	int rc = query_params_number(r, "res=", 1, DAY_S, &length, e);

	if (rc == 0)
		rc = handler_data_query(w, e);
	return rc < 0 ? rc
		      : query_smer(w->query, now - length, now + 1,
				   length > 10 * POINTS
					   ? (length + 10 * POINTS - 1) /
						     (10 * POINTS)
					   : 1,
				   out, e);
}
