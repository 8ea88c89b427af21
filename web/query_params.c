#include "web/query_params.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "web/handler_data.h"
#include "web/request.h"

enum { ARG = 64 }; /* size of a query parameter */

static const char *const period_names[] = {
	[PERIOD_HOUR] = "hour",
	[PERIOD_DAY] = "day",
	[PERIOD_MONTH] = "month",
	[PERIOD_YEAR] = "year",
};

static bool find_param(const struct request *r, const char *name,
		       char value[ARG])
{
	const char *p = r->arg(r->ctx, name, value, ARG);

	if (p == NULL || *p == '\0')
		return false;
	memmove(value, p, strlen(p) + 1);
	return true;
}

int query_params_word(const struct request *r, const char *name,
		      const char *const *words, int n, int preset,
		      struct err *e)
{
	char value[ARG];

	if (!find_param(r, name, value))
		return preset;
	for (int i = 0; i < n; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	return err_set(e, ERR_USAGE, "%s'%s' is not a valid value", name,
		       value);
}

int query_params_form(const struct request *r, enum query_form *form,
		      struct err *e)
{
	static const char *const words[] = {
		[QUERY_JSON] = "json",
		[QUERY_CSV] = "csv",
	};
	int rc = query_params_word(r, "format=", words, COUNT(words),
				   QUERY_JSON, e);

	if (rc >= 0)
		*form = (enum query_form)rc;
	return rc < 0 ? rc : 0;
}

int query_params_instant(struct handler_data *w, const struct request *r,
			 const char *name, int64_t preset, int64_t *out,
			 struct err *e)
{
	char value[ARG];

	*out = preset;
	if (!find_param(r, name, value))
		return 0;
	return query_instant(w->query, span_of(value), out, e);
}

int query_params_date(struct handler_data *w, const struct request *r,
		      char day[LOCAL_TIME_DAY], struct err *e)
{
	char value[ARG] = "";

	find_param(r, "date=", value);
	return query_date(w->query, span_of(value), day, e);
}

int query_params_number(const struct request *r, const char *name, int64_t min,
			int64_t preset, int64_t *out, struct err *e)
{
	char value[ARG], *last;

	*out = preset;
	if (!find_param(r, name, value))
		return 0;
	*out = strtoll(value, &last, 10);
	if (*last != '\0' || *out < min || *out > INT64_C(10000000000))
		return err_set(e, ERR_USAGE,
			       "%s'%s' is not a number of %lld or more", name,
			       value, (long long)min);
	return 0;
}

/* from= and to=; default: the last `length` seconds. */
int query_params_range(struct handler_data *w, const struct request *r,
		       int64_t length, int64_t *from, int64_t *to,
		       struct err *e)
{
	int rc = handler_data_query(w, e);
	char value[ARG];

	if (rc == 0)
		rc = query_params_instant(w, r, "to=", clock_utc(w->clock) + 1,
					  to, e);
	if (rc == 0)
		rc = query_params_instant(w, r, "from=", *to - length, from, e);
	if (rc == 0 && *from > *to && find_param(r, "to=", value))
		rc = err_set(e, ERR_USAGE, "to='%s' is before from=", value);
	return rc;
}

const char *query_params_period_name(enum period p)
{
	return period_names[p];
}

int query_params_periods(struct handler_data *w, const struct request *r,
			 enum period min, enum period *p, int64_t *from,
			 int64_t *to, struct err *e)
{
	static const int64_t lengths[] = {
		[PERIOD_HOUR] = DAY_S,
		[PERIOD_DAY] = 31 * DAY_S,
		[PERIOD_MONTH] = 366 * DAY_S,
		[PERIOD_YEAR] = INT64_C(100) * 366 * DAY_S,
	};
	int n = query_params_word(r, "resolution=", period_names,
				  COUNT(period_names), PERIOD_DAY, e);

	if (n < 0)
		return n;
	if (n < (int)min)
		return err_set(e, ERR_USAGE,
			       "resolution='%s' is too fine: use %s or longer",
			       period_names[n], period_names[min]);
	*p = (enum period)n;
	return query_params_range(w, r, lengths[n], from, to, e);
}
