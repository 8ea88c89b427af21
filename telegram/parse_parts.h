/* The parts of telegram/parse.c that are files of their own; nobody else's. */
#ifndef TELEGRAM_PARSE_PARTS_H
#define TELEGRAM_PARSE_PARTS_H

#include <stdint.h>

#include "telegram/lines.h"
#include "telegram/reading.h"
#include "telegram/units.h"

enum { PAPER_MEDIA = 4 }; /* heat, cold, gas, water: 5-0: to 8-0: */

/* A medium that has references of its own instead of an M-Bus channel. */
struct paper {
	uint32_t obis; /* of the value; 0: none yet */
	struct timestamp time;
	struct printed value;
	struct span meter;
	int valve; /* -1: not sent */
};

enum { NET_POWERS = 4 }; /* of all phases, and of each */

/* A power that is below zero where it is returned. */
struct net_power {
	bool known;
	int64_t w;
};

/* What is known of a telegram while its lines are read. */
struct parse {
	struct reading *r;
	int base;	/* offset of winter time, seconds */
	int meter_rank; /* how good a reference r->meter came from; 0: best */
	/* The channels' values as printed, until the device type is known. */
	struct printed mbus[MBUS_CHANNELS];
	struct paper paper[PAPER_MEDIA];
	struct net_power net[NET_POWERS];
};

/* A line 0-n:... of channel n, 1 to 4. False: not known, or not readable. */
bool mbus_line(struct parse *p, uint32_t obis, struct span groups);

/* All lines are read: bind media, values and units. */
void mbus_finish(struct parse *p);

/*
 * A line 5-0:... to 8-0:... of DSMR 2.2 P1, sections 6.3 to 6.5, and of the
 * Actaris ACE4000, which sends gas so. False: not known, or not readable.
 */
bool paper_line(struct parse *p, uint32_t obis, struct span groups);

/* All lines are read: their values become those of channels. */
void paper_finish(struct parse *p);

/*
 * A power with a sign: 1-0:16.7.0 (drawn less returned), or 1-0:1.7.0 below
 * zero; of the phases 1-0:36.7.0, 1-0:21.7.0, ... False: not known.
 */
bool net_power_line(struct parse *p, uint32_t obis, struct span groups);

/* All lines are read: where neither way was printed, the sign tells it. */
void net_power_finish(struct parse *p);

/* 1-0:99.97.0: what of the log is an entry. False: nothing at all. */
bool failures_line(struct parse *p, struct span groups);

/* 0-0:98.1.0 of Belgium, sorted by month. False: none, or another's profile. */
bool peaks_line(struct parse *p, struct span groups);

#endif
