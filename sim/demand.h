/*
 * The peaks that a meter keeps: of each local month the quarter of an hour with
 * the highest mean of imported power, 1-0:1.6.0 and 0-0:98.1.0 of Belgium's
 * e-MUCS P1. The grid fee there is of them.
 */
#ifndef SIM_DEMAND_H
#define SIM_DEMAND_H

#include <stdint.h>

#include "sim/display.h"
#include "sim/zone.h"

enum { DEMAND_QUARTER = 900 }; /* seconds */

/* Plain data; the caller's. */
struct demand {
	int64_t joules;	     /* imported in the running quarter */
	int64_t month_start; /* UTC of the running month */
	struct display_peak month;
	int peaks; /* of months past, oldest first */
	struct display_peak peak[DISPLAY_PEAKS];
};

/*
 * Begin at `utc`: nothing yet, and a month without a peak stands before the
 * first, as after an installation.
 */
void demand_begin(struct demand *d, const struct zone *zone, int64_t utc);

/* So much (J, 0 or more) was imported in the running quarter. */
void demand_count(struct demand *d, int64_t joules);

/* The quarter ends at `utc`, and with it, at its local midnight, the month. */
void demand_close(struct demand *d, const struct zone *zone, int64_t utc);

/* Put it on the meter's face: the peaks and the running quarter, in W. */
void demand_show(const struct demand *d, struct display *f);

#endif
