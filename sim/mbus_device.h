/*
 * An M-Bus device: counts continuously and reports to the meter periodically.
 */
#ifndef SIM_MBUS_DEVICE_H
#define SIM_MBUS_DEVICE_H

#include <stdint.h>

#include "sim/display.h"

struct mbus_device {
	struct display_device shown;
	int64_t amount; /* in small parts: J for gas and heat, ml for water */
	int64_t every;	/* interval of reports in seconds of UTC */
	int64_t offset; /* delay of reports in seconds */
};

/* A device at `value` (dm3, MJ) that has not reported yet. */
void mbus_device_init(struct mbus_device *d, enum display_medium medium,
		      int64_t value, int64_t every, int64_t offset);

/* Count heat in J, or water in ml. */
void mbus_device_count(struct mbus_device *d, int64_t amount);

/* The last time of a report, not after `utc`. */
int64_t mbus_device_last(const struct mbus_device *d, int64_t utc);

/* Report the amount counted until `utc`. */
void mbus_device_report(struct mbus_device *d, int64_t utc);

#endif
