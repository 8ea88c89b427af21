/* The parts of telegram/parse.c that are files of their own; nobody else's. */
#ifndef TELEGRAM_PARSE_PARTS_H
#define TELEGRAM_PARSE_PARTS_H

#include <stdint.h>

#include "telegram/reading.h"
#include "telegram/units.h"

/* What is known of a telegram while its lines are read. */
struct parse {
	struct reading *r;
	int base;	/* offset of winter time, seconds */
	int meter_rank; /* how good a reference r->meter came from; 0: best */
	/* The channels' values as printed, until the device type is known. */
	struct printed mbus[MBUS_CHANNELS];
};

/* A line 0-n:... of channel n, 1 to 4. False: not known, or not readable. */
bool mbus_line(struct parse *p, uint32_t obis, struct span groups);

/* All lines are read: bind media, values and units. */
void mbus_finish(struct parse *p);

/* 1-0:99.97.0: what of the log is an entry. False: nothing at all. */
bool failures_line(struct parse *p, struct span groups);

/* 0-0:98.1.0 of Belgium, sorted by month. False: none, or another's profile. */
bool peaks_line(struct parse *p, struct span groups);

#endif
