/*
 * Discovery documents that let Home Assistant find each value on MQTT, with the
 * classes required by its Energy dashboard. docs/forward.md has the rules per
 * field with their sources.
 */
#ifndef FORWARD_HOMEASSISTANT_H
#define FORWARD_HOMEASSISTANT_H

#include "forward/today.h"
#include "forward/topics.h"
#include "telegram/meter_serial.h"

enum {
	HA_DOCUMENT = 4096, /* a sufficient buffer size, NUL included */
	HA_MODEL = 64,
	HA_PAGE = 320
};

/* Settings that all documents share. The topics are borrowed. */
struct ha_options {
	const char *prefix; /* "homeassistant" */
	const char *topic;  /* prefix of the values' topics */
	const char *status; /* topic of online and offline */
	int64_t expire_s;   /* s until an unsent value is lost; 0: never */
	char page[HA_PAGE]; /* URL of p1web's page; "" if none */
	/* From ha_meter: "" is unknown. */
	char model[HA_MODEL], serial[METER_SERIAL_TEXT];
	const char *manufacturer; /* NULL: unknown */
};

struct ha_document {
	char topic[TOPIC_TEXT]; /* publish there, retained */
	char text[HA_DOCUMENT];
	size_t n; /* bytes of text */
};

/* Take the electricity meter's model, serial number and maker from a reading. */
void ha_meter(struct ha_options *o, const struct reading *r);

/*
 * Write the document of a quantity, of an M-Bus channel with a value, or of an
 * item of the day's totals. Returns false if it is not announced.
 */
bool ha_quantity(const struct ha_options *o, enum quantity q,
		 struct ha_document *out);
bool ha_channel(const struct ha_options *o, const struct mbus *m,
		struct ha_document *out);
bool ha_today(const struct ha_options *o, enum today_item item,
	      const char *currency, struct ha_document *out);

#endif
