/*
 * Discovery documents that let Home Assistant find each value on MQTT, with the
 * classes required by its Energy dashboard. docs/forward.md has the rules per
 * field with their sources.
 */
#ifndef FORWARD_HOMEASSISTANT_H
#define FORWARD_HOMEASSISTANT_H

#include "forward/topics.h"

enum { HA_DOCUMENT = 2048 }; /* a sufficient buffer size, NUL included */

/* Topics of the values and of the documents. */
struct ha_place {
	const char *prefix; /* "homeassistant" */
	const char *topic;  /* prefix of the values' topics */
	const char *status; /* topic of online and offline */
};

struct ha_document {
	char topic[TOPIC_TEXT]; /* publish there, retained */
	char text[HA_DOCUMENT];
	size_t n; /* bytes of text */
};

/*
 * Write the document of a quantity, or of an M-Bus channel with a value; the
 * device's model and serial number come from r. False: it is not announced.
 */
bool ha_quantity(const struct ha_place *at, const struct reading *r,
		 enum quantity q, struct ha_document *out);
bool ha_channel(const struct ha_place *at, const struct mbus *m,
		struct ha_document *out);

#endif
