/* The handler of /api/v1/readings. */
#ifndef WEB_READINGS_JSON_H
#define WEB_READINGS_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* Write the document to `out`. Returns 0 or a negative code. */
int handle_readings(struct handler_data *w, const struct request *r, FILE *out,
		    struct err *e);

#endif
