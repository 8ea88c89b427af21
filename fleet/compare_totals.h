/* Compare a home's totals on the server with those in its database. */
#ifndef FLEET_COMPARE_TOTALS_H
#define FLEET_COMPARE_TOTALS_H

#include "fleet/server.h"

struct compare_totals {
	void (*say)(void *ctx, const char *sentence); /* a difference */
	void *ctx;
	int64_t periods; /* how many were compared */
	int64_t found;	 /* how many differ; the first ten are said */
};

/*
 * Compare each hour, day, month and year. Returns 0 if that could be done, with
 * the result in c->found, or a negative code.
 */
int compare_totals(struct compare_totals *c, struct history *h,
		   struct server *s, struct err *e);

#endif
