/* Internal interface between telegram/parse.c and the other parse_*.c files. */
#ifndef TELEGRAM_PARSE_PARTS_H
#define TELEGRAM_PARSE_PARTS_H

#include <stdint.h>

#include "telegram/known.h"
#include "telegram/lines.h"
#include "telegram/reading.h"
#include "telegram/units.h"

enum { PARSE_MEDIA = 4 }; /* heat, cold, gas, water: 5-0: to 8-0: */

/* A medium with references of its own instead of an M-Bus channel. */
struct medium_value {
	uint32_t reference; /* of the value; 0: none yet */
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
	struct known_line line; /* the present one */
	struct span clock,
		date; /* from the meter, six digits each; empty: none */
	struct net_power net[NET_POWERS];
	/*
	 * The values of the channels that have a time, as printed, until the
	 * device type is known.
	 */
	struct printed mbus[MBUS_CHANNELS];
	struct medium_value media[PARSE_MEDIA]; /* if has_media */
};

/*
 * Read the lines of the usual form at the start of *rest and cut them off, up
 * to the first one of another form.
 */
void usual_lines(struct parse *p, struct span *rest);

/* Note in what unit a value was printed. */
static inline void note_unit(struct reading *r, enum unit unit,
			     struct span printed)
{
	if (unit == UNIT_MV && span_eq(printed, SPAN("kV")))
		r->kilovolts = true;
}

/* The telegram's version and time. */
line_reader version_line, time_line;

/* Note that the telegram has a line of this kind, readable or not. */
void note_kind(struct reading *r, uint32_t reference);

/*
 * Read the present line. Only the first value of a quantity counts: Hungary's
 * Holley repeats the references below its own registers for the month's close.
 */
static inline void known_read(struct parse *p)
{
	const struct known *k = p->line.known;

	if (reading_has(p->r, k->quantity) || k->read(p, &p->line))
		p->read = true;
}

/* A number in a unit of the quantity, and states and limits. */
line_reader quantity_line;

/* "0001"; in Hungary also "TARIFF 1" or "ON". */
line_reader breaker_line;

/*
 * The meter's time in two halves, hhmmss and YYMMDD, in telegrams that print no
 * other.
 */
line_reader clock_line, date_line;

/* After the last line: if there is no other time, join the halves. */
void clock_finish(struct parse *p);

line_reader meter_line, message_line, message_code_line;

/* Valid entries of the log of power failures. False: there are none. */
line_reader failures_line;

/*
 * The peaks of months in Belgium, sorted by month. False: none, or another
 * profile.
 */
line_reader peaks_line;

/* Lines of an M-Bus channel. */
line_reader mbus_type_line, mbus_meter_line, mbus_value_line, mbus_profile_line,
	mbus_valve_line;

/* After the last line: combine media, values and units. */
void mbus_finish(struct parse *p);

/*
 * Media with references of their own: DSMR 2.2 P1, sections 6.3 to 6.5, and the
 * Actaris ACE4000, which sends gas this way.
 */
line_reader media_meter_line, media_value_line, media_valve_line;

/* After the last line: move the values to channels. */
void media_finish(struct parse *p);

/*
 * A signed power: 1-0:16.7.0 (drawn minus returned), or 1-0:1.7.0 below zero;
 * for the phases 1-0:36.7.0, 1-0:21.7.0, ... False: not a power, or unreadable.
 */
line_reader net_power_line;

/* After the last line: if neither direction was printed, the sign gives it. */
void net_power_finish(struct parse *p);

#endif
