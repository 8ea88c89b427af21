/*
 * Dialects: what each kind of meter prints. A dialect is a row of the table and
 * a list of lines; a new meter is a new row, a new list and nothing else.
 */
#ifndef SIM_DIALECT_H
#define SIM_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/display.h"
#include "sim/zone.h"

struct lines; /* sim/line.h */
struct device_lines;

struct dialect {
	const char *name; /* as on the command line */
	const char *about;
	const char *header; /* with '/', without the line end */
	bool no_blank_line; /* below the header */
	bool crc;
	bool short_crc;	 /* without leading zeros */
	unsigned always; /* bit of each display_medium that is always there */
	struct zone zone;
	int interval;	   /* seconds between telegrams */
	int mbus_interval; /* seconds between readings of an M-Bus device */
	int baud;
	int seven_bits; /* the line is 7E1, not 8N1 */
	int day_tariff; /* number of the dear one, in the day of workdays */
	int day_from, day_to; /* hours */
	bool clock_was_reset; /* its failure log has an entry of the year 2000
			       */
	bool plain_id;	      /* identifiers as they are, not in hexadecimal */
	const char *id;	      /* the meter's identifier: '#' is a digit */
	const char *device_id[DISPLAY_MEDIA];
	const struct lines *lines;
	const struct device_lines *device_lines;
};

extern const struct dialect dialects[];
extern const size_t dialect_count;

/* NULL when there is none of that name. */
const struct dialect *dialect_find(const char *name);

/*
 * How an item comes out of this dialect's telegrams: the smallest step that it
 * prints, in the item's own small unit, and where its counter rolls over. 0:
 * it is not sent.
 */
struct printed {
	int64_t step, wrap;
};

struct printed dialect_prints(const struct dialect *d, enum display_item item,
			      int phases);

/* Does it send readings of that medium? */
bool dialect_carries(const struct dialect *d, enum display_medium medium);

/* 10^n; n up to 18, 1 below 0. */
int64_t power_of_ten(int n);

#endif
