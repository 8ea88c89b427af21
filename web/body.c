#include "web/body.h"

#include <stdlib.h>

struct body *body_of(char *bytes, size_t n)
{
	struct body *b = malloc(sizeof(*b));

	if (b == NULL)
		free(bytes);
	else
		*b = (struct body){ .bytes = bytes, .n = n, .holders = 1 };
	return b;
}

struct body *body_hold(struct body *b)
{
	b->holders++;
	return b;
}

void body_drop(struct body *b)
{
	if (b == NULL || --b->holders > 0)
		return;
	free(b->bytes);
	free(b);
}
