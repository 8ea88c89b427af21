/*
 * An M-Bus device: it counts always, and reports to the meter now and then.
 */
#ifndef SIM_DEVICE_H
#define SIM_DEVICE_H

#include <stdint.h>

#include "sim/display.h"

struct device {
	struct display_device shown;
	int64_t amount; /* in small parts: J of gas and heat, ml of water */
	int64_t every;	/* seconds between reports, of the UTC clock */
	int64_t offset; /* seconds that they come later than that */
};

/* A device that counted `value` (dm3, MJ) so far and has reported nothing. */
void device_init(struct device *d, enum display_medium medium, int64_t value,
		 int64_t every, int64_t offset);

/* Warmth in J, water in ml, has gone through. */
void device_count(struct device *d, int64_t amount);

/* The last moment, not after `utc`, at which it reports. */
int64_t device_last(const struct device *d, int64_t utc);

/* It reports what it counted until `utc`. */
void device_report(struct device *d, int64_t utc);

#endif
