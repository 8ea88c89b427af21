/* The handler of /api/v1/comparison. */
#ifndef WEB_COMPARISON_JSON_H
#define WEB_COMPARISON_JSON_H

#include <stdio.h>

#include "base/err.h"

struct comparison;
struct request;
struct handler_data;

/* Write the document to `out`. Returns 0 or a negative code. */
int handle_comparison(struct handler_data *w, const struct request *r,
		      FILE *out, struct err *e);

/*
 * Read the periods of a comparison from period=, date= and with=. Returns 0 or
 * a negative code: ERR_USAGE if one is invalid.
 */
int comparison_json_read(struct handler_data *w, const struct request *r,
			 struct comparison *out, struct err *e);

#endif
