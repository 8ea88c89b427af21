/*
 * One register as a bare number, and when to send it: the rules of
 * "p1_listener". Powers, voltages and the tariff are sent when they change;
 * electricity counters periodically; an M-Bus value when its time changes, and
 * the counters with it.
 */
#ifndef FORWARD_UDP_VALUES_FORMAT_H
#define FORWARD_UDP_VALUES_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/reading.h"

/* The source of a value, from an OBIS reference in the settings. */
struct value_source {
	int quantity; /* see telegram/obis_quantities.h; -1: a channel */
	int channel;  /* M-Bus, 1 to 4 */
};

/*
 * "1-0:1.8.1", "0-1:24.2.1" (also 24.2.3 and 24.3.0). Returns false if unknown.
 */
bool value_source_find(struct span obis, struct value_source *out);

enum { VALUE_TEXT = 24 }; /* buffer size for value_text, NUL included */

/*
 * The number as Python prints it: "0.087", "1621.615", "5.0"; tariffs and
 * counts have no decimals. Returns buf.
 */
char *value_text(char buf[static VALUE_TEXT], int64_t value, int decimals);

/* What was last sent for a register. */
struct value_state {
	bool sent;
	int64_t value;
	int64_t utc; /* for an M-Bus value */
};

/*
 * Is the register in the reading and due for sending? Then write it to buf and
 * update *s. `counters`: the counters are due.
 */
bool value_news(const struct value_source *from, const struct reading *r,
		bool counters, struct value_state *s,
		char buf[static VALUE_TEXT]);

/* Does this source's M-Bus meter have a new time? */
bool value_fresh(const struct value_source *from, const struct reading *r,
		 const struct value_state *s);

#endif
