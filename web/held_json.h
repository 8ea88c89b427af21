/* Which counters are held, and what the user can do. */
#ifndef WEB_HELD_JSON_H
#define WEB_HELD_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* See web/handlers.h. */
int handle_held(struct handler_data *w, const struct request *r, FILE *out,
		struct err *e);

/*
 * Write `,"held":["gas"]`: the media whose counters are missing from the feed's
 * newest reading, or without a feed those of meters whose readings were all
 * held for an hour. Writes nothing if there are none or the journal cannot be
 * read.
 */
void held_json_media(struct handler_data *w, FILE *out);

/*
 * Write `,"other_meters":["4530..."]`: the electricity meters that are not the
 * house's. Writes nothing if there are none or the journal cannot be read.
 */
void held_json_others(struct handler_data *w, FILE *out);

#endif
