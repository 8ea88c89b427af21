#include "web/response_body.h"

#include <stdlib.h>

struct response_body *response_body_of(char *bytes, size_t n)
{
	struct response_body *b = malloc(sizeof(*b));

	if (b == NULL)
		free(bytes);
	else
		*b = (struct response_body){ .bytes = bytes,
					     .n = n,
					     .holders = 1 };
	return b;
}

struct response_body *response_body_hold(struct response_body *b)
{
	b->holders++;
	return b;
}

void response_body_drop(struct response_body *b)
{
	if (b == NULL || --b->holders > 0)
		return;
	free(b->bytes);
	free(b);
}
