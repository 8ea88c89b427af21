/* What each value is called on MQTT, and for people. */
#ifndef FORWARD_TOPICS_H
#define FORWARD_TOPICS_H

#include "telegram/reading.h"

enum {
	TOPIC_NAME = 64,    /* bytes of a value's name, NUL included */
	TOPIC_PREFIX = 128, /* of what a user lets all topics begin with */
	TOPIC_TEXT = 2 * TOPIC_PREFIX + TOPIC_NAME + 32,
};

/*
 * A channel's value: "mbus1_gas", "mbus2" when its medium is not known. By the
 * channel, so that two meters of one medium, and an old and a new one, stay
 * apart. Returns buf.
 */
char *topic_channel(char buf[static TOPIC_NAME], const struct mbus *m);

/*
 * The same name in words: "import_t1" is "Import tariff 1", "power_import_l1"
 * "Power import L1", "warm_water" "Warm water". Returns buf.
 */
char *topic_words(char buf[static TOPIC_NAME], const char *name);

/* "home/p1" as an identifier, "home_p1": letters, digits, _ and - only. */
char *topic_id(char buf[static TOPIC_PREFIX], const char *prefix);

#endif
