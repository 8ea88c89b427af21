/*
 * Everything for Prometheus: the newest reading, the journal and the programs.
 */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* See web/handlers.h. */
int handle_metrics(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e);

#endif
