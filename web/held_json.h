/* Which counters are held, and what a person can do. */
#ifndef WEB_HELD_JSON_H
#define WEB_HELD_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct web;

/* As the handlers of web/handlers.h. */
int handle_held(struct web *w, const struct request *r, FILE *out,
		struct err *e);

/*
 * Write `,"held":["gas"]`: the media whose counters the newest reading of the
 * feed lacks or, without a feed, those of meters whose readings of an hour are
 * all held. Nothing when there are none, or the journal cannot be read.
 */
void held_json_media(struct web *w, FILE *out);

#endif
