#include "web/waiting_clients.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "web/client_list.h"
#include "web/job_queue.h"
#include "web/response_body.h"
#include "web/send_response.h"

enum { LOOK_US = 200000 }; /* how often to check whether a client has left */

/*
 * libwebsockets reads nothing from a waiting client, and pending input, or a
 * closed connection, would wake it endlessly. While input is off it sends
 * nothing either.
 */
static void stop_hearing(struct lws *wsi)
{
	lws_rx_flow_control(wsi, 0);
	lws_set_timer_usecs(wsi, LOOK_US);
}

static void hear_again(struct lws *wsi)
{
	lws_set_timer_usecs(wsi, LWS_SET_TIMER_USEC_CANCEL);
	lws_rx_flow_control(wsi, 1);
}

/* Send the finished response as soon as the client can take it. */
static void hand_over(struct server *s, struct job *l)
{
	struct err e = { 0 };

	for (struct client *c = s->waiting; c != NULL; c = c->next) {
		if (c->waits != l)
			continue;
		c->waits = NULL;
		hear_again(c->wsi);
		c->ready = routes_job(l, &c->answer, &e) == 0;
		if (c->ready)
			lws_callback_on_writable(c->wsi);
		else
			lws_set_timeout(c->wsi, 1, LWS_TO_KILL_ASYNC);
	}
	job_given(l);
}

/* Add the job's descriptor to the event loop. */
static bool adopt(struct server *s, struct job *l)
{
	struct lws_vhost *host = lws_get_vhost_by_name(s->context, "default");
	lws_sock_file_fd_type fd = { .filefd = l->fd };
	struct lws *wsi = lws_adopt_descriptor_vhost(
		host, LWS_ADOPT_RAW_FILE_DESC, fd, "job", NULL);

	if (wsi == NULL)
		return false;
	lws_set_opaque_user_data(wsi, l);
	lws_set_timer_usecs(wsi, l->kind->wait_ms * 1000);
	return true;
}

/* Start queued jobs. */
static void begin_jobs(struct server *s)
{
	struct jobs *all = s->w->jobs;
	struct job *l;

	while ((l = job_next(all)) != NULL) {
		if (l->state == JOB_RUNS && (l->worker != NULL || adopt(s, l)))
			continue;
		if (l->state == JOB_RUNS)
			job_stop(all, l);
		hand_over(s, l);
	}
}

int waiting_look(const struct client *c, struct lws *wsi)
{
	char byte;

	if (c == NULL || c->waits == NULL)
		return 0;
	if (recv(lws_get_socket_fd(wsi), &byte, 1, MSG_PEEK | MSG_DONTWAIT) ==
	    0)
		return -1;
	lws_set_timer_usecs(wsi, LOOK_US);
	return 0;
}

int waiting_begin(struct server *s, struct client *c, struct lws *wsi,
		  struct job *l, bool head)
{
	send_response_drop(s, c);
	idle_connections_leave(&s->idle_connections, wsi);
	*c = (struct client){ .waits = l, .wsi = wsi, .head = head };
	client_join(&s->waiting, c);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT,
			(int)(l->kind->wait_ms * (JOB_QUEUE + 1) / 1000));
	stop_hearing(wsi);
	begin_jobs(s);
	return 0;
}

int waiting_send(struct server *s, struct client *c, struct lws *wsi)
{
	struct answer a = c->answer;

	client_leave(&s->waiting, c);
	c->answer = (struct answer){ 0 };
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, SERVER_TAKE_S);
	return send_response(c, wsi, &a, c->head);
}

static bool is_wanted(const struct server *s, const struct job *l)
{
	for (const struct client *c = s->waiting; c != NULL; c = c->next)
		if (c->waits == l)
			return true;
	return false;
}

void waiting_leave(struct server *s, struct client *c)
{
	struct job *l = c->waits;

	client_leave(&s->waiting, c);
	c->waits = NULL;
	if (l != NULL && !s->closing && !is_wanted(s, l))
		job_unwanted(l);
	free(c->answer.body);
	response_body_drop(c->answer.shared);
	c->answer = (struct answer){ 0 };
}

int waiting_answered(struct server *s)
{
	struct job *l;

	while (!s->closing && (l = job_answered(s->w->jobs)) != NULL)
		hand_over(s, l);
	if (!s->closing)
		begin_jobs(s);
	return 0;
}

/*
 * libwebsockets closes the descriptor, possibly at its end with input left to
 * read.
 */
int waiting_read(struct lws *wsi, enum lws_callback_reasons why, void *user,
		 void *in, size_t n)
{
	struct server *s = server_of_client(wsi);
	struct job *l = lws_get_opaque_user_data(wsi);
	bool timer = why == LWS_CALLBACK_TIMER;
	bool closed = why == LWS_CALLBACK_RAW_CLOSE_FILE;

	(void)user, (void)in, (void)n;
	if (why == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION)
		return -1;
	if (l == NULL || (why != LWS_CALLBACK_RAW_RX_FILE && !timer && !closed))
		return 0;
	if (timer || (!job_read(s->w->jobs, l) && closed))
		job_stop(s->w->jobs, l);
	if (l->state != JOB_DONE)
		return 0;
	lws_set_opaque_user_data(wsi, NULL);
	hand_over(s, l);
	if (!s->closing)
		begin_jobs(s);
	return -1;
}
