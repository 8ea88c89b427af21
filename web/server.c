#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "forward/endpoint.h"
#include "web/connection.h"
#include "web/job_queue.h"
#include "web/live_websockets.h"
#include "web/query_thread.h"
#include "web/server.h"
#include "web/server_state.h"
#include "web/waiting_clients.h"

enum {
	HEADERS_IN = 8192, /* maximum size of a client's headers */
	TIMEOUT_S = 10,	   /* for a client to send its headers */
	IDLE_S = 30,	   /* a connection may be kept for the next request */
	PING_S = 45,
	HANGUP_S = 75, /* for a silent WebSocket */
	SLOW_NICE = 5,
	NOMINAL = 25, /* percent, if there is no limit */
	SPARE = 64,   /* descriptors for the database, the log, libwebsockets */
};

static const char policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
	"base-uri 'none'; form-action 'self'; frame-ancestors ";

static const char *const headers[][2] = {
	{ "content-security-policy:", NULL }, /* policy */
	{ "x-content-type-options:", "nosniff" },
	{ "referrer-policy:", "same-origin" }, /* without it Origin would be
						  null */
	{ "cross-origin-resource-policy:", "same-origin" },
	{ "vary:", "accept-encoding" },
	{ "x-frame-options:", "DENY" }, /* left out if a site may embed the
					   page: it cannot name one */
};

static const struct lws_protocols protocols[] = {
	{ "p1", connection_event, sizeof(struct client), 1024, 0, NULL,
	  SERVER_PIECE },
	{ "feed", live_websockets_feed, 0, 0, 0, NULL, 0 },
	{ "job", waiting_read, 0, 0, 0, NULL, 0 },
	{ NULL, NULL, 0, 0, 0, NULL, 0 },
};

static void set_headers(struct server *s)
{
	bool framed = s->o->frame[0] != '\0';
	size_t n = framed ? COUNT(headers) - 1 : COUNT(headers);

	snprintf(s->policy, sizeof(s->policy), "%s%s", policy,
		 framed ? s->o->frame : "'none'");
	for (size_t i = 0; i < n; i++)
		s->headers[i] = (struct lws_protocol_vhost_options){
			.next = i + 1 < n ? &s->headers[i + 1] : NULL,
			.name = headers[i][0],
			.value = headers[i][1] ? headers[i][1] : s->policy,
		};
}

static int set_info(struct server *s, struct err *e)
{
	struct lws_context_creation_info *i = &s->info;
	long port;
	int rc = endpoint_split(s->o->listen, 0, s->host, sizeof(s->host),
				&port, e);

	if (rc < 0)
		return rc;
	if (strcmp(s->host, "localhost") == 0)
		snprintf(s->host, sizeof(s->host), "127.0.0.1");
	set_headers(s);
	s->idle.secs_since_valid_ping = PING_S;
	s->idle.secs_since_valid_hangup = HANGUP_S;
	i->retry_and_idle_policy = &s->idle;
	i->port = (int)port;
	i->iface = strcmp(s->host, "0.0.0.0") == 0 || strcmp(s->host, "::") == 0
			   ? NULL
			   : s->host;
	i->protocols = protocols;
	i->headers = s->headers;
	i->server_string = "p1web";
	i->user = s;
	/* Both -1: unchanged; they are signed in libwebsockets 4.1. */
	memset(&i->gid, 0xff, sizeof(i->gid));
	memset(&i->uid, 0xff, sizeof(i->uid));
	i->timeout_secs = TIMEOUT_S;
	i->timeout_secs_ah_idle = TIMEOUT_S;
	i->keepalive_timeout = IDLE_S;
	i->max_http_header_data2 = HEADERS_IN;
	i->max_http_header_pool2 =
		(unsigned)(s->o->clients < SERVER_HEADS ? s->o->clients
							: SERVER_HEADS);
	i->fd_limit_per_thread = (unsigned)(s->o->clients + SERVER_OWN + 8);
	i->options =
		LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND |
		(strchr(s->host, ':') ? 0 : LWS_SERVER_OPTION_DISABLE_IPV6);
	return 0;
}

/* Try first, since libwebsockets does not say why it failed. */
static int try_address(const struct server *s, struct err *e)
{
	struct endpoint at;
	int on = 1, fd, rc = endpoint_make(s->host, s->info.port, &at, e);

	if (rc < 0)
		return rc;
	fd = socket(at.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "%s", at.text);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&at.address, at.length) < 0)
		rc = err_errno(e, ERR_CREATE, "%s", at.text);
	close(fd);
	return rc;
}

/* Many systems start with 1024 and allow a program more. */
static int allow_clients(long clients, struct err *e)
{
	rlim_t needed = (rlim_t)(clients + SPARE);
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0 || files.rlim_cur >= needed)
		return 0;
	if (files.rlim_max < needed)
		return err_set(e, ERR_CONFIG,
			       "[web] clients = %ld: this system allows %lu "
			       "open files, and %d more are needed",
			       clients, (unsigned long)files.rlim_max, SPARE);
	files.rlim_cur = needed;
	return setrlimit(RLIMIT_NOFILE, &files) < 0
		       ? err_errno(e, ERR_FAILED, "open files")
		       : 0;
}

static int listen_on(struct server *s, struct err *e)
{
	lws_sock_file_fd_type feed = { .filefd = s->o->feed };
	struct lws_vhost *host;

	s->context = lws_create_context(&s->info);
	if (s->context == NULL)
		return err_set(e, ERR_CREATE,
			       "[web] listen: cannot listen on %s",
			       s->o->listen);
	host = lws_get_vhost_by_name(s->context, "default");
	if (s->o->feed >= 0 &&
	    lws_adopt_descriptor_vhost(host, LWS_ADOPT_RAW_FILE_DESC, feed,
				       "feed", NULL) == NULL)
		return err_set(e, ERR_FAILED, "cannot add p1logger's feed");
	return 0;
}

static void wake(void *ctx)
{
	server_wake(ctx);
}

/* Long queries run at a lower priority than other processes. */
static int start_workers(struct server *s, struct err *e)
{
	struct query_thread_options o = {
		.web = s->w,
		.answer = routes_question,
		.wake = wake,
		.ctx = s,
	};
	struct job_how *how = &s->w->jobs->how;

	how->web = s->w;
	how->quick = query_thread_start(&o, e);
	o.niceness = SLOW_NICE;
	how->slow = how->quick != NULL ? query_thread_start(&o, e) : NULL;
	return how->slow != NULL ? 0 : e->code;
}

static void stop_workers(struct server *s)
{
	query_thread_stop(s->w->jobs->how.quick);
	query_thread_stop(s->w->jobs->how.slow);
	s->w->jobs->how.quick = s->w->jobs->how.slow = NULL;
}

struct server *server_open(const struct server_options *o,
			   struct handler_data *w, struct err *e)
{
	struct server *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		err_memory(e);
		return NULL;
	}
	s->o = o;
	s->w = w;
	s->rate.per_s = o->rate;
	w->jobs->budget = (struct client_budget){
		.percent = o->work > 0 ? o->work : NOMINAL,
		.endless = o->work == 0,
	};
	lws_set_log_level(0, NULL);
	if (set_info(s, e) < 0 || try_address(s, e) < 0)
		err_while(e, "[web] listen");
	else if (allow_clients(o->clients, e) == 0 && listen_on(s, e) == 0 &&
		 start_workers(s, e) == 0)
		return s;
	server_close(s);
	return NULL;
}

int server_run(struct server *s)
{
	return lws_service(s->context, 0);
}

void server_wake(struct server *s)
{
	lws_cancel_service(s->context);
}

void server_close(struct server *s)
{
	if (s == NULL)
		return;
	s->closing = true;
	stop_workers(s);
	if (s->context != NULL)
		lws_context_destroy(s->context);
	idle_connections_clear(&s->idle_connections);
	free(s);
}
