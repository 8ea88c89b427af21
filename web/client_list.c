#include "web/client_list.h"

void client_join(struct client **list, struct client *c)
{
	c->next = *list;
	*list = c;
}

bool client_leave(struct client **list, const struct client *c)
{
	for (struct client **at = list; *at != NULL; at = &(*at)->next)
		if (*at == c) {
			*at = c->next;
			return true;
		}
	return false;
}
