/* Read and check the query string of a request. */
#ifndef WEB_QUERY_PARAMS_H
#define WEB_QUERY_PARAMS_H

#include <stdint.h>

#include "base/err.h"
#include "storage/history/query.h"

struct request;
struct handler_data;

/* Read format=, for example "csv". ERR_USAGE for an unknown format. */
int query_params_form(const struct request *r, enum query_form *form,
		      struct err *e);

/*
 * Read resolution= (`min` or longer), from= and to=; the default range depends
 * on the resolution. Returns ERR_USAGE or an error of the journal.
 */
int query_params_periods(struct handler_data *w, const struct request *r,
			 enum period min, enum period *p, int64_t *from,
			 int64_t *to, struct err *e);

/* The name of a period: "day". */
const char *query_params_period_name(enum period p);

/* Read from= and to=; default: the last `length` seconds. */
int query_params_range(struct handler_data *w, const struct request *r,
		       int64_t length, int64_t *from, int64_t *to,
		       struct err *e);

/*
 * Read one of n values; `preset` if the parameter is missing. Returns its
 * index, or ERR_USAGE for any other value.
 */
int query_params_word(const struct request *r, const char *name,
		      const char *const *words, int n, int preset,
		      struct err *e);

/* Read date=, for example "2026-03-10", as query_date does; default: today. */
int query_params_date(struct handler_data *w, const struct request *r,
		      char day[LOCAL_TIME_DAY], struct err *e);

/* Read a time as query_instant does; the default is `preset`. */
int query_params_instant(struct handler_data *w, const struct request *r,
			 const char *name, int64_t preset, int64_t *out,
			 struct err *e);

/* Read a number of at least `min`; the default is `preset`. */
int query_params_number(const struct request *r, const char *name, int64_t min,
			int64_t preset, int64_t *out, struct err *e);

#endif
