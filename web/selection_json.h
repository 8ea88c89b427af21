/* The handler of /api/v1/selection. */
#ifndef WEB_SELECTION_JSON_H
#define WEB_SELECTION_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* Write the document to `out`. Returns 0 or a negative code. */
int handle_selection(struct handler_data *w, const struct request *r, FILE *out,
		     struct err *e);

#endif
