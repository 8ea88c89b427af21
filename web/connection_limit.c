#include "web/connection_limit.h"

#include <sys/socket.h>

#include "web/server_options.h"

enum {
	SILENT_MS = 1000, /* a silent connection may then be closed for
			     another */
};

static int64_t now_ms(const struct server *s)
{
	return clock_monotonic_ms(s->w->clock);
}

/*
 * Has the client sent something that we have not handled yet? Then it is not
 * silent.
 */
static bool has_unread(struct lws *wsi)
{
	char byte;

	return recv(lws_get_socket_fd(wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >
	       0;
}

void connection_limit_make_room(struct server *s)
{
	int64_t now = now_ms(s);
	struct lws *wsi;

	while ((wsi = idle_connections_silent(&s->idle_connections, now,
					      SILENT_MS)) != NULL) {
		if (has_unread(wsi)) {
			idle_connections_active(&s->idle_connections, wsi, now);
			continue;
		}
		idle_connections_leave(&s->idle_connections, wsi);
		lws_set_timeout(wsi, 1, LWS_TO_KILL_ASYNC);
	}
}

bool connection_limit_allows(struct server *s)
{
	long most = s->o->clients + SERVER_OWN;

	if (s->open >= most - most / 4 ||
	    s->idle_connections.guests >= SERVER_HEADS - SERVER_HEADS / 4)
		connection_limit_make_room(s);
	return s->open < most;
}

int connection_limit_active(struct server *s, struct lws *wsi)
{
	idle_connections_active(&s->idle_connections, wsi, now_ms(s));
	return 0;
}
