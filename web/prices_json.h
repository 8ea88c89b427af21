/* The handler of /api/v1/prices. */
#ifndef WEB_PRICES_JSON_H
#define WEB_PRICES_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/*
 * Write the prices that apply now. Returns 0 or a negative code; without a
 * database or a reading the tariff is absent.
 */
int handle_prices(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e);

#endif
