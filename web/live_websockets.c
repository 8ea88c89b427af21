#include "web/live_websockets.h"

#include "web/check_request.h"
#include "web/client_list.h"
#include "web/feed_socket.h"
#include "web/server_options.h"

int live_websockets_refuses(struct server *s, struct lws *wsi, const char **why)
{
	char path[16], version[4];

	*why = "the only WebSocket is /live";
	if (lws_hdr_copy(wsi, path, sizeof(path), WSI_TOKEN_GET_URI) != 5 ||
	    strcmp(path, "/live") != 0)
		return 404;
	*why = "the WebSocket version must be 13";
	if (lws_hdr_copy(wsi, version, sizeof(version), WSI_TOKEN_VERSION) !=
		    2 ||
	    strcmp(version, "13") != 0)
		return 426;
	return check_request_refuses(s, wsi, path, why);
}

static int begin_live(struct server *s, struct client *c, struct lws *wsi)
{
	*c = (struct client){ .wsi = wsi };
	client_join(&s->live, c);
	s->w->live_clients++;
	idle_connections_leave(&s->idle_connections, wsi);
	lws_callback_on_writable(wsi);
	return 0;
}

static int end_live(struct server *s, const struct client *c)
{
	s->w->live_clients -= client_leave(&s->live, c);
	return 0;
}

/*
 * Always send the newest reading: a slow client misses some. This is also
 * called when libwebsockets had data of its own to send.
 */
static int send_live(struct server *s, struct client *c, struct lws *wsi)
{
	size_t n = s->w->line_n;

	if (c->told == s->w->readings)
		return 0;
	c->told = s->w->readings;
	memcpy(s->frame + LWS_PRE, s->w->line, n);
	return lws_write(wsi, s->frame + LWS_PRE, n, LWS_WRITE_TEXT) < 0 ? -1
									 : 0;
}

/* Input is ignored, so invalid input does not matter. */
static int hang_up(struct lws *wsi)
{
	static unsigned char why[] = "input is not accepted here";

	lws_close_reason(wsi, LWS_CLOSE_STATUS_POLICY_VIOLATION, why,
			 sizeof(why) - 1);
	return -1;
}

int live_websockets_event(struct server *s, struct client *c, struct lws *wsi,
			  enum lws_callback_reasons why)
{
	switch (why) {
	case LWS_CALLBACK_ESTABLISHED:
		return begin_live(s, c, wsi);
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return send_live(s, c, wsi);
	case LWS_CALLBACK_RECEIVE:
		return hang_up(wsi);
	case LWS_CALLBACK_CLOSED:
		return end_live(s, c);
	default:
		return 0;
	}
}

int live_websockets_feed(struct lws *wsi, enum lws_callback_reasons why,
			 void *user, void *in, size_t n)
{
	struct server *s = server_of_client(wsi);

	(void)user, (void)in, (void)n;
	if (why == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION)
		return -1; /* a client that names a subprotocol */
	if (why != LWS_CALLBACK_RAW_RX_FILE ||
	    feed_socket_take(s->o->feed, s->w) == 0)
		return 0;
	for (struct client *c = s->live; c != NULL; c = c->next)
		lws_callback_on_writable(c->wsi);
	return 0;
}
