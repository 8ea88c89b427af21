#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "web/routes.h"
#include "web/web.h"

enum {
	ARG = 64,             /* bytes of a value in a query string */
	SILENT_S = 900,       /* three runs from cron missed: not healthy */
	POINTS = 1000,        /* of power, unless asked otherwise */
};

static bool asked(const struct request *r, const char *name, char value[ARG])
{
	const char *p = r->arg(r->ctx, name, value, ARG);

	if (p == NULL || *p == '\0')
		return false;
	memmove(value, p, strlen(p) + 1);
	return true;
}

/* One of the words, or `preset` when none is asked for. */
static int asked_word(const struct request *r, const char *name,
		      const char *const *words, int n, int preset,
		      struct err *e)
{
	char value[ARG];

	if (!asked(r, name, value))
		return preset;
	for (int i = 0; i < n; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	return err_set(e, ERR_USAGE, "%s'%s' is none that there is", name,
		       value);
}

int asked_form(const struct request *r, enum query_form *form, struct err *e)
{
	static const char *const words[] = {
		[QUERY_JSON] = "json",
		[QUERY_CSV] = "csv",
	};
	int rc = asked_word(r, "format=", words, COUNT(words), QUERY_JSON, e);

	if (rc >= 0)
		*form = (enum query_form)rc;
	return rc < 0 ? rc : 0;
}

static int asked_instant(struct web *w, const struct request *r,
			 const char *name, int64_t preset, int64_t *out,
			 struct err *e)
{
	char value[ARG];

	*out = preset;
	if (!asked(r, name, value))
		return 0;
	return query_instant(w->query, span_of(value), out, e);
}

static int asked_number(const struct request *r, const char *name, int64_t min,
			int64_t preset, int64_t *out, struct err *e)
{
	char value[ARG], *last;

	*out = preset;
	if (!asked(r, name, value))
		return 0;
	*out = strtoll(value, &last, 10);
	if (*last != '\0' || *out < min || *out > INT64_C(10000000000))
		return err_set(e, ERR_USAGE, "%s'%s' is no number from %lld on",
			       name, value, (long long)min);
	return 0;
}

/* from= and to=; without them the last `length` seconds. */
static int asked_range(struct web *w, const struct request *r, int64_t length,
		       int64_t *from, int64_t *to, struct err *e)
{
	int rc = web_query(w, e);

	if (rc == 0)
		rc = asked_instant(w, r, "to=", clock_utc(w->clock) + 1, to, e);
	if (rc == 0)
		rc = asked_instant(w, r, "from=", *to - length, from, e);
	return rc;
}

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

int handle_history(struct web *w, const struct request *r, FILE *out,
		   struct err *e)
{
	static const char *const words[] = {
		[PERIOD_HOUR] = "hour",
		[PERIOD_DAY] = "day",
		[PERIOD_MONTH] = "month",
		[PERIOD_YEAR] = "year",
	};
	static const int64_t lengths[] = {
		[PERIOD_HOUR] = 86400,
		[PERIOD_DAY] = 31 * 86400,
		[PERIOD_MONTH] = 366 * 86400,
		[PERIOD_YEAR] = INT64_C(100) * 366 * 86400,
	};
	int p = asked_word(r, "resolution=", words, COUNT(words), PERIOD_DAY,
			   e);
	enum query_form form = QUERY_JSON;
	int64_t from = 0, to = 0;
	int rc = p < 0 ? p : asked_form(r, &form, e);

	if (rc == 0)
		rc = asked_range(w, r, lengths[p], &from, &to, e);
	if (rc < 0)
		return rc;
	head(out, form, "resolution", words[p]);
	rc = query_history(w->query, (enum period)p, from, to, form, out, e);
	tail(out, form);
	return rc;
}

/* The step that gives about POINTS rows, in seconds. */
static int64_t step_for(int64_t length)
{
	return length > POINTS ? (length + POINTS - 1) / POINTS : 1;
}

int handle_power(struct web *w, const struct request *r, FILE *out,
		 struct err *e)
{
	enum query_form form = QUERY_JSON;
	int64_t from = 0, to = 0, step = 1;
	int rc = asked_form(r, &form, e);

	if (rc == 0)
		rc = asked_range(w, r, 3600, &from, &to, e);
	if (rc == 0)
		rc = asked_number(r, "step=", 1, step_for(to - from), &step, e);
	if (rc < 0)
		return rc;
	head(out, form, "unit", "W");
	rc = query_power(w->query, from, to, step, form, out, e);
	tail(out, form);
	return rc;
}

int handle_meters(struct web *w, const struct request *r, FILE *out,
		  struct err *e)
{
	enum query_form form = QUERY_JSON;
	int rc = asked_form(r, &form, e);

	if (rc == 0)
		rc = web_query(w, e);
	if (rc < 0)
		return rc;
	if (form == QUERY_JSON)
		fputs("{\"meters\":", out);
	rc = query_meters(w->query, form, out, e);
	tail(out, form);
	return rc;
}

int handle_current(struct web *w, const struct request *r, FILE *out,
		   struct err *e)
{
	char *line = NULL;
	size_t n = 0;
	int rc = web_newest(w, &line, &n, e);

	(void)r;
	if (rc < 0)
		return rc;
	fwrite(line, 1, n, out);
	putc('\n', out);
	free(line);
	return 0;
}

/* A document that SQLite makes of the newest line. */
static int derived(struct web *w, FILE *out, struct err *e,
		   int (*make)(struct query *q, struct span line, FILE *out,
			       struct err *e))
{
	char *line = NULL;
	size_t n = 0;
	int rc = web_query(w, e);

	if (rc == 0)
		rc = web_newest(w, &line, &n, e);
	if (rc < 0)
		return rc;
	rc = make(w->query, (struct span){line, n}, out, e);
	putc('\n', out);
	free(line);
	return rc;
}

int handle_smer_current(struct web *w, const struct request *r, FILE *out,
			struct err *e)
{
	(void)r;
	return derived(w, out, e, query_smer_one);
}

int handle_smart_meter(struct web *w, const struct request *r, FILE *out,
		       struct err *e)
{
	(void)r;
	return derived(w, out, e, query_smart_meter);
}

/* res= is how many seconds to look back. */
int handle_smer_history(struct web *w, const struct request *r, FILE *out,
			struct err *e)
{
	int64_t now = clock_utc(w->clock), length = 0;
	int rc = asked_number(r, "res=", 1, 86400, &length, e);

	if (rc == 0)
		rc = web_query(w, e);
	return rc < 0 ? rc
		      : query_smer(w->query, now - length, now + 1,
				   length > 10 * POINTS
					   ? (length + 10 * POINTS - 1) /
						     (10 * POINTS)
					   : 1,
				   out, e);
}

int handle_health(struct web *w, const struct request *r, FILE *out,
		  struct err *e)
{
	int64_t last = 0, age;
	char text[UTC_TEXT];
	int rc = web_last(w, &last, e);

	(void)r;
	if (rc == 0 && last == 0)
		rc = err_set(e, ERR_ABSENT, "there is no reading yet");
	if (rc < 0)
		return rc;
	age = clock_utc(w->clock) - last;
	fprintf(out, "{\"status\":\"%s\",\"last\":\"%s\",\"age_s\":%lld}\n",
		age > SILENT_S ? "silent" : "ok", utc_format(text, last),
		(long long)age);
	return age > SILENT_S ? err_set(e, ERR_BUSY, "silent") : 0;
}
