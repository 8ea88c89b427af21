/* /health, for monitors: whether all is well, and the state in one line. */
#ifndef WEB_HEALTH_JSON_H
#define WEB_HEALTH_JSON_H

#include <stdio.h>

#include "base/err.h"

struct handler_data;
struct request;

/* Returns ERR_BUSY after writing, if the newest reading is 15 minutes old. */
int handle_health(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e);

#endif
