/*
 * Handlers of the routes. Each writes its document to `out` and returns 0, or a
 * negative code that routes.c maps to a status.
 */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct web;

int handle_health(struct web *w, const struct request *r, FILE *out,
		  struct err *e);
int handle_current(struct web *w, const struct request *r, FILE *out,
		   struct err *e);
int handle_history(struct web *w, const struct request *r, FILE *out,
		   struct err *e);
int handle_power(struct web *w, const struct request *r, FILE *out,
		 struct err *e);
int handle_meters(struct web *w, const struct request *r, FILE *out,
		  struct err *e);

/* Endpoints compatible with older programs. */
int handle_smer_current(struct web *w, const struct request *r, FILE *out,
			struct err *e);
int handle_smer_history(struct web *w, const struct request *r, FILE *out,
			struct err *e);
int handle_smart_meter(struct web *w, const struct request *r, FILE *out,
		       struct err *e);

#endif
