/* Names of values on MQTT and for people. */
#ifndef FORWARD_TOPICS_H
#define FORWARD_TOPICS_H

#include "telegram/reading.h"

enum {
	TOPIC_NAME = 64,    /* bytes of a value's name, NUL included */
	TOPIC_PREFIX = 128, /* size of the user's topic prefix */
	TOPIC_TEXT = 2 * TOPIC_PREFIX + TOPIC_NAME + 32,
};

/*
 * Name of a channel's value: "mbus1_gas", or "mbus2" if its medium is unknown.
 * The channel keeps two meters of one medium apart, also an old and a new one.
 * Returns buf.
 */
char *topic_channel(char buf[static TOPIC_NAME], const struct mbus *m);

/*
 * Spell out a name: "import_t1" gives "Import tariff 1", "power_import_l1"
 * "Power import L1", "warm_water" "Warm water". Returns buf.
 */
char *topic_words(char buf[static TOPIC_NAME], const char *name);

/*
 * Convert "home/p1" to an identifier, "home_p1": letters, digits, _ and - only.
 */
char *topic_id(char buf[static TOPIC_PREFIX], const char *prefix);

#endif
