/* Internal interface between telegram/parse.c and the other parse_*.c files. */
#ifndef TELEGRAM_PARSE_PARTS_H
#define TELEGRAM_PARSE_PARTS_H

#include <stdint.h>

#include "telegram/lines.h"
#include "telegram/reading.h"
#include "telegram/units.h"

enum { PARSE_MEDIA = 4 }; /* heat, cold, gas, water: 5-0: to 8-0: */

/* A medium with references of its own instead of an M-Bus channel. */
struct medium_value {
	uint32_t obis; /* reference of the value; 0: none yet */
	struct timestamp time;
	struct printed value;
	struct span meter;
	int valve; /* -1: not sent */
};

enum { NET_POWERS = 4 }; /* total, and one per phase */

/* A power that is negative when it is returned. */
struct net_power {
	bool known;
	int64_t w;
};

/* State while the lines of a telegram are read. */
struct parse {
	struct reading *r;
	int base; /* offset of winter time, seconds */
	struct span clock,
		date;	/* from the meter, six digits each; empty: none */
	int meter_rank; /* rank of the reference that gave r->meter; 0: best */
	/* The channels' values as printed, until the device type is known. */
	struct printed mbus[MBUS_CHANNELS];
	struct medium_value media[PARSE_MEDIA];
	struct net_power net[NET_POWERS];
};

/*
 * Read the lines at the start of *rest that are a quantity and a number in its
 * usual unit, such as "1-0:1.8.1(001234.567*kWh)", and cut them off. Stop at
 * the first line of another form. Returns the number of lines.
 */
int plain_lines(struct reading *r, struct span *rest);

/* Read a line 0-n:... of channel n, 1 to 4. False: unknown or unreadable. */
bool mbus_line(struct parse *p, uint32_t obis, struct span groups);

/* After the last line: combine media, values and units. */
void mbus_finish(struct parse *p);

/*
 * Read a line 5-0:... to 8-0:... of DSMR 2.2 P1, sections 6.3 to 6.5, and of
 * the Actaris ACE4000, which sends gas this way. False: unknown or unreadable.
 */
bool media_line(struct parse *p, uint32_t obis, struct span groups);

/* After the last line: move the values to channels. */
void media_finish(struct parse *p);

/*
 * Read a signed power: 1-0:16.7.0 (drawn minus returned), or 1-0:1.7.0 below
 * zero; for the phases 1-0:36.7.0, 1-0:21.7.0, ... False: unknown.
 */
bool net_power_line(struct parse *p, uint32_t obis, struct span groups);

/* After the last line: if neither direction was printed, the sign gives it. */
void net_power_finish(struct parse *p);

/*
 * Read a line 0-0:0.9.1 (hhmmss) or 0-0:0.9.2 (YYMMDD), the two halves of a
 * time without 0-0:1.0.0; also 1-0:. False: unknown or unreadable.
 */
bool clock_line(struct parse *p, uint32_t obis, struct span groups);

/* After the last line: if there is no other time, join the halves. */
void clock_finish(struct parse *p);

/* Read the valid entries of the log 1-0:99.97.0. False: there are none. */
bool failures_line(struct parse *p, struct span groups);

/*
 * Read 0-0:98.1.0 of Belgium, sorted by month. False: none, or another profile.
 */
bool peaks_line(struct parse *p, struct span groups);

#endif
