/*
 * Handlers of the routes. Each writes its document to `out` and returns 0, or a
 * negative code that routes.c maps to a status.
 */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

int handle_current(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e);
int handle_today(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);
int handle_history(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e);
int handle_power(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);
int handle_events(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e);
int handle_meters(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e);

/* Endpoints compatible with older programs. */
int handle_smer_current(struct handler_data *w, const struct request *r,
			FILE *out, struct err *e);
int handle_smer_history(struct handler_data *w, const struct request *r,
			FILE *out, struct err *e);
int handle_smart_meter(struct handler_data *w, const struct request *r,
		       FILE *out, struct err *e);

#endif
