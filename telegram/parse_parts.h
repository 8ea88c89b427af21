/* Internal interface between telegram/parse.c and the other parse_*.c files. */
#ifndef TELEGRAM_PARSE_PARTS_H
#define TELEGRAM_PARSE_PARTS_H

#include <stdint.h>

#include "telegram/lines.h"
#include "telegram/obis_lookup.h"
#include "telegram/reading.h"
#include "telegram/units.h"

enum { PARSE_MEDIA = 4 }; /* heat, cold, gas, water: 5-0: to 8-0: */

/* A medium with references of its own instead of an M-Bus channel. */
struct medium_value {
	uint32_t reference; /* of the value; 0 if none yet */
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
	int base;  /* offset of winter time, seconds */
	bool read; /* a line was read */
	bool has_media;
	int meter_rank; /* rank of the reference that gave r->meter; 0: best */
	struct known_line line; /* the current one */
	struct span clock,
		date; /* from the meter, six digits each; empty if none */
	struct net_power net[NET_POWERS];
	/*
	 * The values of the channels that have a time, as printed, until the
	 * device type is known.
	 */
	struct printed mbus[MBUS_CHANNELS];
	struct medium_value media[PARSE_MEDIA]; /* if has_media */
};

/*
 * Read the lines in the usual form at the start of *rest and cut them off, up
 * to the first one in another form.
 */
void usual_lines(struct parse *p, struct span *rest);

/* Record whether a voltage was printed in kV. */
static inline void note_unit(struct reading *r, enum unit unit,
			     struct span printed)
{
	if (unit == UNIT_MV && span_eq(printed, SPAN("kV")))
		r->kilovolts = true;
}

/* Record that the telegram has a line of this kind, readable or not. */
void note_kind(struct reading *r, uint32_t reference);

/*
 * Read the current line. Only the first value of a quantity counts: Hungary's
 * Holley repeats the references of its registers further down, for the counters
 * at the end of the month.
 */
static inline void known_read(struct parse *p)
{
	const struct known *k = p->line.known;

	if (reading_has(p->r, k->quantity) || k->read(p, &p->line))
		p->read = true;
}

/* After the last line: if there is no other time, join clock and date. */
void clock_finish(struct parse *p);

/* After the last line: combine media, values and units. */
void mbus_finish(struct parse *p);

/* After the last line: move the values to channels. */
void media_finish(struct parse *p);

/*
 * After the last line: if neither direction was printed, derive it from the
 * sign.
 */
void net_power_finish(struct parse *p);

#endif
