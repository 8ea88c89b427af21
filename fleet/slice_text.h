/*
 * What one transaction says about a range of time, as the texts that the
 * server's function store() takes.
 */
#ifndef FLEET_SLICE_TEXT_H
#define FLEET_SLICE_TEXT_H

#include <stdbool.h>

#include "fleet/slices.h"
#include "storage/history/history.h"

enum slice_part {
	SLICE_READINGS,	    /* counters at the boundaries of the interval */
	SLICE_COUNTER_FROM, /* the tables of these names */
	SLICE_COUNTER_TO,
	SLICE_ELECTRICITY, /* only with detail, else NULL, like the next two */
	SLICE_MBUS,
	SLICE_PHASES,
	SLICE_PARTS
};

struct slice_text {
	char *part[SLICE_PARTS]; /* owned */
	int64_t boundaries;	 /* lines of SLICE_READINGS */
	int64_t newest;		 /* UTC of the journal's newest reading;
				    INT64_MIN if it has none */
};

/*
 * Read the rows of a range. `interval` (seconds) divides an hour; `detail`: all
 * readings as well. The caller holds the history. Returns 0 or a negative code;
 * free *t in either case.
 */
int slice_text_read(struct slice_text *t, struct history *h, struct slice range,
		    int64_t interval, bool detail, struct err *e);
void slice_text_free(struct slice_text *t); /* safe if zeroed */

/*
 * Read what the rows refer to (meters, runs, calendar) as JSON, *out, which the
 * caller frees; `digest` gets a word that differs if it does. Returns 0 or a
 * negative code.
 */
enum { SLICE_DIGEST = 17 };
int slice_text_house(struct history *h, char **out,
		     char digest[static SLICE_DIGEST], struct err *e);

#endif
