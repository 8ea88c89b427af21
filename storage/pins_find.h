/* Which readings a person means, for storage/pins.c. */
#ifndef STORAGE_PINS_FIND_H
#define STORAGE_PINS_FIND_H

#include "storage/pins.h"

struct pins_target {
	int64_t meter;
	char name[PINS_METER]; /* "gas 4730303533", cut when longer */
	bool electric;
	int64_t from, to; /* UTC, both included */
	bool any;	  /* all readings in the range, */
	int64_t counter;  /* or those that show this first */
};

/* SQL: pin p is not that of counters which a person read off the meter. */
#define PINS_NOT_ENTERED                                                       \
	"NOT EXISTS (SELECT 1 FROM electricity AS r WHERE r.ts = first_ts "    \
	"AND r.meter = p.meter AND r.time_source = 3) AND "                    \
	"NOT EXISTS (SELECT 1 FROM mbus AS v WHERE v.meter = p.meter "         \
	"AND v.ts = first_ts AND v.time_source = 3) AND "                      \
	"NOT EXISTS (SELECT 1 FROM held AS h WHERE h.meter = p.meter "         \
	"AND h.ts = first_ts AND h.time_source = 3)"

_Static_assert(TIME_ENTERED == 3, "PINS_NOT_ENTERED names it");

/* 0, or as pins_write. */
int pins_find(const struct pins_order *o, sqlite3 *db, struct pins_target *t,
	      struct err *e);

#endif
