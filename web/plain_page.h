/* The page for browsers without JavaScript: the current power, and charts. */
#ifndef WEB_PLAIN_PAGE_H
#define WEB_PLAIN_PAGE_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/*
 * Write the page in the language of the request. If the power cannot be read,
 * it contains the error's sentence instead.
 */
int handle_plain(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);

#endif
