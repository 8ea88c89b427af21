/* MQTT messages that are ready and wait for the broker, in their order. */
#ifndef FORWARD_OUTBOX_H
#define FORWARD_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct outbox {
	char *bytes;
	size_t n, size;
};

struct message {
	const char *topic;
	struct span payload;
	bool retain;
};

/* Copied. False: out of memory, and nothing is added. */
bool outbox_put(struct outbox *b, const char *topic, struct span payload,
		bool retain);

/* Step through: *at begins at 0. False: no more. Borrowed from b. */
bool outbox_next(const struct outbox *b, size_t *at, struct message *out);

/* Empty it, and keep its memory; outbox_free gives that back as well. */
void outbox_clear(struct outbox *b);
void outbox_free(struct outbox *b);

#endif
