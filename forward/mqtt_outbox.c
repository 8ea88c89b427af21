#include "forward/mqtt_outbox.h"

#include <stdlib.h>
#include <string.h>

/* Precedes each message; the topic with its NUL and the payload follow. */
struct mqtt_outbox_head {
	size_t topic, payload;
	bool retain;
};

static bool reserve(struct mqtt_outbox *b, size_t more)
{
	size_t size = b->size > 0 ? b->size : 4096;
	char *bytes;

	while (size - b->n < more)
		size *= 2;
	if (size == b->size)
		return true;
	bytes = realloc(b->bytes, size);
	if (bytes == NULL)
		return false;
	b->bytes = bytes;
	b->size = size;
	return true;
}

static void append(struct mqtt_outbox *b, const void *p, size_t n)
{
	if (n > 0)
		memcpy(b->bytes + b->n, p, n);
	b->n += n;
}

bool mqtt_outbox_put(struct mqtt_outbox *b, const char *topic,
		     struct span payload, bool retain)
{
	struct mqtt_outbox_head head = { strlen(topic) + 1, payload.n, retain };

	if (!reserve(b, sizeof(head) + head.topic + head.payload))
		return false;
	append(b, &head, sizeof(head));
	append(b, topic, head.topic);
	append(b, payload.p, payload.n);
	return true;
}

bool mqtt_outbox_next(const struct mqtt_outbox *b, size_t *at,
		      struct message *out)
{
	struct mqtt_outbox_head head;
	const char *p;

	if (*at >= b->n)
		return false;
	memcpy(&head, b->bytes + *at, sizeof(head));
	p = b->bytes + *at + sizeof(head);
	*out = (struct message){
		.topic = p,
		.payload = { p + head.topic, head.payload },
		.retain = head.retain,
	};
	*at += sizeof(head) + head.topic + head.payload;
	return true;
}

void mqtt_outbox_clear(struct mqtt_outbox *b)
{
	b->n = 0;
}

void mqtt_outbox_free(struct mqtt_outbox *b)
{
	free(b->bytes);
	*b = (struct mqtt_outbox){ 0 };
}
