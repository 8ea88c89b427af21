/*
 * The handler of /api/v1/page: everything that the page shows first, in one
 * document.
 */
#ifndef WEB_PAGE_JSON_H
#define WEB_PAGE_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/*
 * Write a document whose members are the documents of other paths; a document
 * that fails, or would come too late, is left out. Returns 0, or a negative
 * code if the request is invalid or the database cannot be read.
 */
int handle_page(struct handler_data *w, const struct request *r, FILE *out,
		struct err *e);

#endif
