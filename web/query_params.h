/* What the query string of a request asks for, read and checked. */
#ifndef WEB_QUERY_PARAMS_H
#define WEB_QUERY_PARAMS_H

#include <stdint.h>

#include "base/err.h"
#include "storage/history/query.h"

struct request;
struct web;

/* "csv" is asked for. ERR_USAGE for a format that there is not. */
int query_params_form(const struct request *r, enum query_form *form,
		      struct err *e);

/*
 * resolution=, the shortest being `min`, and from= and to=, by default as much
 * as one looks at by it. ERR_USAGE, or what the journal says.
 */
int query_params_periods(struct web *w, const struct request *r,
			 enum period min, enum period *p, int64_t *from,
			 int64_t *to, struct err *e);

/* "day" */
const char *query_params_period_name(enum period p);

/* from= and to=; without them the last `length` seconds. */
int query_params_range(struct web *w, const struct request *r, int64_t length,
		       int64_t *from, int64_t *to, struct err *e);

/* A number of at least `min`; `preset` when none is asked for. */
int query_params_number(const struct request *r, const char *name, int64_t min,
			int64_t preset, int64_t *out, struct err *e);

#endif
