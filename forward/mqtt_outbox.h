/* MQTT messages waiting for the broker, in order. */
#ifndef FORWARD_MQTT_OUTBOX_H
#define FORWARD_MQTT_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct mqtt_outbox {
	char *bytes;
	size_t n, size;
};

struct message {
	const char *topic;
	struct span payload;
	bool retain;
};

/* Add a copy. Returns false, and adds nothing, if out of memory. */
bool mqtt_outbox_put(struct mqtt_outbox *b, const char *topic,
		     struct span payload, bool retain);

/* Iterate: *at starts at 0. Returns false at the end. *out borrows from b. */
bool mqtt_outbox_next(const struct mqtt_outbox *b, size_t *at,
		      struct message *out);

/* Empty it but keep its memory; mqtt_outbox_free releases that too. */
void mqtt_outbox_clear(struct mqtt_outbox *b);
void mqtt_outbox_free(struct mqtt_outbox *b);

#endif
