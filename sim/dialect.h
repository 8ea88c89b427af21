/*
 * Dialects: what each kind of meter prints. A dialect is a row of the table and
 * a list of lines; add a meter by adding both.
 */
#ifndef SIM_DIALECT_H
#define SIM_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/display.h"
#include "sim/zone.h"

struct sent_lines; /* sim/line.h */
struct device_lines;

struct dialect {
	const char *name; /* name on the command line */
	const char *about;
	const char *header; /* starts with '/', without the line end */
	bool no_blank_line; /* below the header */
	bool crc;
	bool short_crc;	 /* without leading zeros */
	unsigned always; /* bit per display_medium that is always present */
	struct zone zone;
	int interval;	   /* seconds between telegrams */
	int mbus_interval; /* seconds between readings of an M-Bus device */
	int baud;
	int seven_bits;	      /* line settings 7E1 instead of 8N1 */
	int day_tariff;	      /* number of the high tariff, during the day on
			   workdays */
	int day_from, day_to; /* hours */
	bool clock_was_reset; /* its failure log has an entry from 2000 */
	bool plain_id;	      /* identifiers as text, not hexadecimal */
	const char *id;	      /* identifier of the meter: '#' is a digit */
	const char *device_id[DISPLAY_MEDIA];
	const struct sent_lines *lines;
	const struct device_lines *device_lines;
};

extern const struct dialect dialects[];
extern const size_t dialect_count;

/* NULL if there is none of that name. */
const struct dialect *dialect_find(const char *name);

/*
 * How an item appears in this dialect: the smallest step printed, in the item's
 * small unit, and the value at which its counter wraps. 0: not sent.
 */
struct resolution {
	int64_t step, wrap;
};

struct resolution dialect_resolution(const struct dialect *d,
				     enum display_item item, int phases);

/* Does it send readings of that medium? */
bool dialect_carries(const struct dialect *d, enum display_medium medium);

/* 10^n; n up to 18, 1 below 0. */
int64_t power_of_ten(int n);

#endif
