/*
 * One register as a bare number, and when it is news: the rules of
 * "p1_listener". Powers, voltages and the tariff are sent when they change;
 * electricity counters every so many seconds; what an M-Bus meter counts with
 * each new time of its own, and the counters then with it.
 */
#ifndef FORWARD_VALUES_H
#define FORWARD_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/reading.h"

/* What an OBIS reference of the settings means. */
struct value_source {
	int quantity; /* of telegram/quantity.h; -1: a channel */
	int channel;  /* M-Bus, 1 to 4 */
};

/* "1-0:1.8.1", "0-1:24.2.1" (also 24.2.3 and 24.3.0). False: not known. */
bool value_source_find(struct span obis, struct value_source *out);

enum { VALUE_TEXT = 24 }; /* bytes of value_text, NUL included */

/*
 * The number as Python prints it: "0.087", "1621.615", "5.0"; a tariff or a
 * count without decimals. Returns buf.
 */
char *value_text(char buf[static VALUE_TEXT], int64_t value, int decimals);

/* What was sent of one register. */
struct value_state {
	bool sent;
	int64_t value;
	int64_t utc; /* of an M-Bus value */
};

/*
 * Is the register in the reading, and is it news beside what was sent? Then its
 * text goes into buf, and *s remembers. `counters`: it is the counters' turn.
 */
bool value_news(const struct value_source *from, const struct reading *r,
		bool counters, struct value_state *s,
		char buf[static VALUE_TEXT]);

/* Has an M-Bus meter of this source a new time? */
bool value_fresh(const struct value_source *from, const struct reading *r,
		 const struct value_state *s);

#endif
