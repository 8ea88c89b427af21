/* MQTT messages waiting for the broker, in order. */
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

/* Add a copy. False: out of memory, nothing was added. */
bool outbox_put(struct outbox *b, const char *topic, struct span payload,
		bool retain);

/* Iterate: *at starts at 0. False: no more. Borrowed from b. */
bool outbox_next(const struct outbox *b, size_t *at, struct message *out);

/* Empty it but keep its memory; outbox_free releases that too. */
void outbox_clear(struct outbox *b);
void outbox_free(struct outbox *b);

#endif
