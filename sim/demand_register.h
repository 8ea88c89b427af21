/*
 * Peaks stored by a Belgian meter: for each local month the quarter hour with
 * the highest average imported power, 1-0:1.6.0 and 0-0:98.1.0 of e-MUCS P1.
 * The grid fee is based on them.
 */
#ifndef SIM_DEMAND_REGISTER_H
#define SIM_DEMAND_REGISTER_H

#include <stdint.h>

#include "sim/display.h"
#include "sim/zone.h"

enum { DEMAND_QUARTER = 900 }; /* seconds */

/* Plain data, owned by the caller. */
struct demand_register {
	int64_t joules;	     /* imported in the current quarter hour */
	int64_t month_start; /* current month, UTC */
	struct display_peak month;
	int peaks; /* past months, oldest first */
	struct display_peak peak[DISPLAY_PEAKS];
};

/*
 * Start at `utc`: nothing counted, preceded by a month without a peak, as after
 * an installation.
 */
void demand_register_begin(struct demand_register *p, const struct zone *zone,
			   int64_t utc);

/* Count energy (J, 0 or more) imported in the current quarter hour. */
void demand_register_count(struct demand_register *p, int64_t joules);

/* End the quarter hour at `utc`, and at local midnight possibly the month. */
void demand_register_close(struct demand_register *p, const struct zone *zone,
			   int64_t utc);

/* Copy the peaks and the current quarter hour, in W, to the display. */
void demand_register_show(const struct demand_register *p, struct display *f);

#endif
