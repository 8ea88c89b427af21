#include "logger/loop.h"

#include <string.h>

#include "logger/port/find_ports.h"
#include "logger/signals.h"

static int add_port(struct loop *loop, const char *name, int speed,
		    struct err *e)
{
	struct listener *l = listener_new(name, speed, loop->clock);

	if (l == NULL)
		return err_memory(e);
	listener_set(l, &loop->how);
	loop->port[loop->ports++] = l;
	return 0;
}

/* Start at the last speed of this port, if known. */
static int speed_of(const char *name, const struct port_state *last)
{
	return strcmp(name, last->port) == 0 ? last->speed : 0;
}

int loop_listen(struct loop *loop, const char *name,
		const struct port_state *last, struct err *e)
{
	loop_close(loop);
	if (name[0] != '\0')
		return add_port(loop, name, speed_of(name, last), e);
	return loop_search(loop, last, e);
}

static void drop_port(struct loop *loop, size_t i)
{
	listener_free(loop->port[i]);
	loop->port[i] = loop->port[--loop->ports];
	loop->at = 0;
}

static bool among(const char *name, char names[][FIND_PATH], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool listened_to(const struct loop *loop, const char *name)
{
	for (size_t i = 0; i < loop->ports; i++)
		if (strcmp(listener_name(loop->port[i]), name) == 0)
			return true;
	return false;
}

int loop_search(struct loop *loop, const struct port_state *last, struct err *e)
{
	char found[LOOP_PORTS][FIND_PATH];
	size_t n = find_ports(found, LOOP_PORTS);

	for (size_t i = loop->ports; i-- > 0;)
		if (!among(listener_name(loop->port[i]), found, n))
			drop_port(loop, i);
	for (size_t i = 0; i < n; i++)
		if (!listened_to(loop, found[i]) &&
		    add_port(loop, found[i], speed_of(found[i], last), e) < 0)
			return e->code;
	return 0;
}

void loop_set(struct loop *loop, const struct reader_options *how)
{
	loop->how = *how;
	for (size_t i = 0; i < loop->ports; i++)
		listener_set(loop->port[i], how);
}

void loop_add(struct loop *loop, struct pollable other)
{
	loop->other[loop->others++] = other;
}

void loop_keep(struct loop *loop, const struct listener *port)
{
	size_t kept = 0;

	for (size_t i = 0; i < loop->ports; i++)
		if (loop->port[i] == port)
			loop->port[kept++] = loop->port[i];
		else
			listener_free(loop->port[i]);
	loop->ports = kept;
	loop->at = 0;
}

void loop_close(struct loop *loop)
{
	loop_keep(loop, NULL);
}

static bool ask_ports(struct loop *loop, struct loop_turn *turn)
{
	for (; loop->at < loop->ports; loop->at++) {
		turn->port = loop->port[loop->at];
		turn->what =
			listener_next(turn->port, &turn->reading, &turn->why);
		if (turn->what != NEXT_WAITS)
			return true;
	}
	return false;
}

static struct pollfd signals_to_poll(const void *context)
{
	const struct loop *loop = context;

	return (struct pollfd){ .fd = loop->signals, .events = POLLIN };
}

static int64_t signals_due(const void *context)
{
	(void)context;
	return INT64_MAX;
}

static void signals_turn(void *context, short revents)
{
	struct loop *loop = context;

	loop->signalled = revents != 0;
}

_Static_assert(LOOP_PORTS + LOOP_OTHERS + 1 <= POLLABLE_MAX,
	       "one wait is for all of them");

/*
 * Sleep until something happens, and let the ports and the others do their
 * work.
 */
static int wait(struct loop *loop, int64_t due_ms, struct err *e)
{
	struct pollable list[LOOP_PORTS + LOOP_OTHERS + 1] = {
		{ loop, signals_to_poll, signals_due, signals_turn }
	};
	size_t n = 1;

	for (size_t i = 0; i < loop->ports; i++)
		list[n++] = listener_pollable(loop->port[i]);
	for (size_t i = 0; i < loop->others; i++)
		list[n++] = loop->other[i];
	if (loop->flush != NULL)
		fflush(loop->flush);
	loop->at = 0;
	return pollable_wait(list, n, due_ms, loop->clock, e);
}

int loop_next(struct loop *loop, int64_t due_ms, struct loop_turn *turn,
	      struct err *e)
{
	for (;;) {
		turn->port = NULL;
		if (clock_monotonic_ms(loop->clock) >= due_ms) {
			turn->what = NEXT_DUE;
			return 0;
		}
		turn->what = NEXT_SIGNAL;
		turn->signal =
			loop->signalled ? signals_take(loop->signals) : 0;
		if (turn->signal != 0)
			return 0;
		loop->signalled = false;
		if (ask_ports(loop, turn))
			return 0;
		if (wait(loop, due_ms, e) < 0)
			return e->code;
	}
}

int loop_over(const struct loop_turn *turn, struct err *e)
{
	if (turn->what != NEXT_LOST && turn->what != NEXT_ENDED)
		return 0;
	*e = *listener_trouble(turn->port);
	return e->code < 0 ? e->code : 1;
}
