/* Costs of periods, at the prices in the settings. */
#ifndef WEB_COSTS_JSON_H
#define WEB_COSTS_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* See web/handlers.h. */
int handle_costs(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);

/* Write the newest reading's line, with "cost_today" if there are prices. */
int costs_json_write(struct handler_data *w, const char *line, size_t n,
		     FILE *out, struct err *e);

#endif
