#include "web/idle_connections.h"

#include <stdlib.h>

struct idle_connections_guest {
	struct idle_connections_guest *before, *after;
	void *who;
	int64_t active_ms;
};

/* Search from the end, where the most recently active are. */
static struct idle_connections_guest *find(const struct idle_connections *d,
					   const void *who)
{
	struct idle_connections_guest *g = d->last;

	while (g != NULL && g->who != who)
		g = g->before;
	return g;
}

static void take_out(struct idle_connections *d,
		     struct idle_connections_guest *g)
{
	*(g->before ? &g->before->after : &d->first) = g->after;
	*(g->after ? &g->after->before : &d->last) = g->before;
	d->guests--;
}

static void append(struct idle_connections *d, struct idle_connections_guest *g)
{
	g->before = d->last;
	g->after = NULL;
	*(d->last ? &d->last->after : &d->first) = g;
	d->last = g;
	d->guests++;
}

void idle_connections_active(struct idle_connections *d, void *who,
			     int64_t now_ms)
{
	struct idle_connections_guest *g = find(d, who);

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

void idle_connections_leave(struct idle_connections *d, const void *who)
{
	struct idle_connections_guest *g = find(d, who);

	if (g == NULL)
		return;
	take_out(d, g);
	free(g);
}

void *idle_connections_silent(const struct idle_connections *d, int64_t now_ms,
			      int64_t silent_ms)
{
	const struct idle_connections_guest *g = d->first;

	return g != NULL && now_ms - g->active_ms >= silent_ms ? g->who : NULL;
}

void idle_connections_clear(struct idle_connections *d)
{
	while (d->first != NULL)
		idle_connections_leave(d, d->first->who);
}
