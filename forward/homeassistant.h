/*
 * Documents by which Home Assistant finds each value on MQTT by itself, with
 * the classes that its Energy dashboard asks for. docs/forward.md has the rules
 * field by field with their sources.
 */
#ifndef FORWARD_HOMEASSISTANT_H
#define FORWARD_HOMEASSISTANT_H

#include "forward/topics.h"

enum { HA_DOCUMENT = 2048 }; /* bytes that always suffice, NUL included */

/* Where the values are, and where the documents go. */
struct ha_place {
	const char *prefix; /* "homeassistant" */
	const char *topic;  /* what the topics of the values begin with */
	const char *status; /* the topic of online and offline */
};

struct ha_document {
	char topic[TOPIC_TEXT]; /* to be retained there */
	char text[HA_DOCUMENT];
	size_t n; /* bytes of text */
};

/*
 * The document of a quantity, or of an M-Bus channel with a value; the device's
 * model and serial number are taken from r. False: it is not announced.
 */
bool ha_quantity(const struct ha_place *at, const struct reading *r,
		 enum quantity q, struct ha_document *out);
bool ha_channel(const struct ha_place *at, const struct mbus *m,
		struct ha_document *out);

#endif
