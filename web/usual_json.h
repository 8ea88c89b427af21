/* The handler of /api/v1/usual. */
#ifndef WEB_USUAL_JSON_H
#define WEB_USUAL_JSON_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

struct jsonout;
struct request;
struct handler_data;
struct usual_day;

/* Write the document to `out`. Returns 0 or a negative code. */
int handle_usual(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);

/*
 * Add the hours of a usual day, {"slot":"02:00","import_kwh":...}, to an array.
 * With `again`, repeat the hour that occurs twice on the date.
 */
void usual_json_hours(struct jsonout *o, const struct usual_day *u, bool again);

#endif
