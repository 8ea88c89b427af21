#include "web/door.h"

#include <stdlib.h>

struct door_guest {
	struct door_guest *before, *after;
	void *who;
	int64_t active_ms;
};

/* From the end, where those are who did something just now. */
static struct door_guest *find(const struct door *d, const void *who)
{
	struct door_guest *g = d->last;

	while (g != NULL && g->who != who)
		g = g->before;
	return g;
}

static void take_out(struct door *d, struct door_guest *g)
{
	*(g->before ? &g->before->after : &d->first) = g->after;
	*(g->after ? &g->after->before : &d->last) = g->before;
	d->guests--;
}

static void append(struct door *d, struct door_guest *g)
{
	g->before = d->last;
	g->after = NULL;
	*(d->last ? &d->last->after : &d->first) = g;
	d->last = g;
	d->guests++;
}

void door_active(struct door *d, void *who, int64_t now_ms)
{
	struct door_guest *g = find(d, who);

	if (g != NULL)
		take_out(d, g);
	else
		g = malloc(sizeof(*g));
	if (g == NULL)
		return;
	g->who = who;
	g->active_ms = now_ms;
	append(d, g);
}

void door_leave(struct door *d, const void *who)
{
	struct door_guest *g = find(d, who);

	if (g == NULL)
		return;
	take_out(d, g);
	free(g);
}

void *door_silent(const struct door *d, int64_t now_ms, int64_t silent_ms)
{
	const struct door_guest *g = d->first;

	return g != NULL && now_ms - g->active_ms >= silent_ms ? g->who : NULL;
}

void door_clear(struct door *d)
{
	while (d->first != NULL)
		door_leave(d, d->first->who);
}
