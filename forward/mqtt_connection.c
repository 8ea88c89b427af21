#include "forward/mqtt_connection.h"

#ifdef HAVE_MOSQUITTO

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forward/mqtt_library.h"

enum {
	KEEPALIVE_S = 30,
	LOOP_MS = 500,
	FIRST_PAUSE_MS = 1000,
	LONGEST_PAUSE_MS = 60000,
	WAITING_MAX = 5000, /* messages queued for a broker that accepts none */
	LAST_LOOPS = 4,	    /* for the goodbye */
};

struct mqtt_connection {
	struct mosquitto *m;
	char *host, *watch;
	int port, qos;
	bool started;
	/* Set by callbacks, which run inside libmosquitto's locks. */
	atomic_int state, connack;
	atomic_uint ups, births;
	atomic_long waiting;
	/*
	 * Below: protected by the lock, which is never held inside
	 * libmosquitto.
	 */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool stop, ended, abandoned;
	char why[120];
};

static void on_connect(struct mosquitto *m, void *self, int rc)
{
	struct mqtt_connection *l = self;

	atomic_store(&l->connack, rc);
	if (rc != 0)
		return;
	if (l->watch != NULL)
		mosquitto.subscribe(m, NULL, l->watch, 0);
	atomic_store(&l->waiting, 0);
	atomic_fetch_add(&l->ups, 1);
	atomic_store(&l->state, MQTT_CONNECTION_UP);
}

static void on_disconnect(struct mosquitto *m, void *self, int rc)
{
	struct mqtt_connection *l = self;

	(void)m;
	(void)rc;
	atomic_store(&l->state, MQTT_CONNECTION_TRYING);
}

static void on_publish(struct mosquitto *m, void *self, int id)
{
	struct mqtt_connection *l = self;

	(void)m;
	(void)id;
	atomic_fetch_sub(&l->waiting, 1);
}

static void on_message(struct mosquitto *m, void *self,
		       const struct mosquitto_message *message)
{
	struct mqtt_connection *l = self;
	struct span text = { message->payload, (size_t)message->payloadlen };

	(void)m;
	if (span_eq(text, SPAN("online")))
		atomic_fetch_add(&l->births, 1);
}

static char *copy(const char *text)
{
	return text != NULL && text[0] != '\0' ? strdup(text) : NULL;
}

static void set_callbacks(struct mosquitto *m)
{
	mosquitto.threaded_set(m, true);
	mosquitto.connect_callback_set(m, on_connect);
	mosquitto.disconnect_callback_set(m, on_disconnect);
	mosquitto.publish_callback_set(m, on_publish);
	mosquitto.message_callback_set(m, on_message);
}

static void destroy(struct mqtt_connection *l)
{
	mosquitto.destroy(l->m);
	mosquitto.lib_cleanup();
	pthread_cond_destroy(&l->changed);
	pthread_mutex_destroy(&l->lock);
	free(l->host);
	free(l->watch);
	free(l);
}

static void init_lock(struct mqtt_connection *l)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&l->changed, &attr);
	pthread_condattr_destroy(&attr);
}

struct mqtt_connection *mqtt_connection_new(const struct mqtt_broker *b,
					    struct err *e)
{
	struct mqtt_connection *l;

	if (mqtt_load_library(e) < 0)
		return NULL;
	l = calloc(1, sizeof(*l));
	if (l == NULL) {
		err_memory(e);
		return NULL;
	}
	init_lock(l);
	mosquitto.lib_init();
	l->host = copy(b->host);
	l->watch = copy(b->watch);
	l->port = b->port;
	l->qos = b->qos;
	l->m = mosquitto.new(b->client_id, true, l);
	if (l->m == NULL || l->host == NULL) {
		err_set(e, ERR_CONFIG, "client_id: '%s' is not valid",
			b->client_id);
	} else if (mqtt_connection_set(l->m, b, e) == 0) {
		set_callbacks(l->m);
		return l;
	}
	destroy(l);
	return NULL;
}

static struct timespec in_ms(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

/* Sleep unless stopping. Returns whether to stop. */
static bool nap(struct mqtt_connection *l, long ms)
{
	struct timespec until = in_ms(ms);
	bool stop;

	pthread_mutex_lock(&l->lock);
	while (!l->stop && pthread_cond_timedwait(&l->changed, &l->lock,
						  &until) != ETIMEDOUT)
		;
	stop = l->stop;
	pthread_mutex_unlock(&l->lock);
	return stop;
}

/* Remove the final full stop of some of the library's messages. */
static void without_stop(char *text)
{
	size_t n = strlen(text);

	if (n > 0 && text[n - 1] == '.')
		text[n - 1] = '\0';
}

static void note_down(struct mqtt_connection *l, int rc, int error)
{
	int connack = atomic_load(&l->connack);
	char system[80] = "";

	/*
	 * libmosquitto's way to report a TLS failure after the TCP connection.
	 */
	if (rc == MOSQ_ERR_ERRNO && error == EPROTO)
		rc = MOSQ_ERR_TLS;
	if (rc == MOSQ_ERR_ERRNO && strerror_r(error, system, sizeof(system)))
		system[0] = '\0';
	pthread_mutex_lock(&l->lock);
	snprintf(l->why, sizeof(l->why), "%s",
		 connack > 0		? mosquitto.connack_string(connack)
		 : rc == MOSQ_ERR_ERRNO ? system
					: mosquitto.strerror(rc));
	without_stop(l->why);
	pthread_mutex_unlock(&l->lock);
	atomic_store(&l->state, MQTT_CONNECTION_DOWN);
}

static bool stopping(struct mqtt_connection *l)
{
	bool stop;

	pthread_mutex_lock(&l->lock);
	stop = l->stop;
	pthread_mutex_unlock(&l->lock);
	return stop;
}

/* Connect and stay connected as long as possible. */
static void session(struct mqtt_connection *l)
{
	int rc, last = 0;

	atomic_store(&l->connack, 0);
	atomic_store(&l->state, MQTT_CONNECTION_TRYING);
	errno = 0;
	rc = mosquitto.connect(l->m, l->host, l->port, KEEPALIVE_S);
	while (rc == MOSQ_ERR_SUCCESS && last < LAST_LOOPS) {
		rc = mosquitto.loop(l->m, LOOP_MS, 1);
		if (stopping(l) && last++ == 0)
			mosquitto.disconnect(l->m);
	}
	note_down(l, rc, errno);
}

static void *talk(void *self)
{
	struct mqtt_connection *l = self;
	unsigned ups = 0;
	long pause = FIRST_PAUSE_MS;
	bool abandoned;

	do {
		session(l);
		if (atomic_load(&l->ups) != ups)
			pause = FIRST_PAUSE_MS;
		else if (pause < LONGEST_PAUSE_MS)
			pause *= 2;
		ups = atomic_load(&l->ups);
	} while (!nap(l, pause));
	pthread_mutex_lock(&l->lock);
	l->ended = true;
	abandoned = l->abandoned;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
	if (abandoned)
		destroy(l);
	return NULL;
}

int mqtt_connection_start(struct mqtt_connection *l, struct err *e)
{
	pthread_attr_t attr;
	pthread_t thread;
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&thread, &attr, talk, l);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	l->started = rc == 0;
	return rc == 0 ? 0
		       : err_set(e, ERR_FAILED, "cannot start a thread: %s",
				 strerror(rc));
}

void mqtt_connection_status(struct mqtt_connection *l,
			    struct mqtt_connection_status *out)
{
	long waiting = atomic_load(&l->waiting);

	*out = (struct mqtt_connection_status){
		.state = (enum mqtt_connection_state)atomic_load(&l->state),
		.ups = atomic_load(&l->ups),
		.births = atomic_load(&l->births),
		.waiting = waiting > 0 ? waiting : 0,
	};
	pthread_mutex_lock(&l->lock);
	memcpy(out->why, l->why, sizeof(out->why));
	pthread_mutex_unlock(&l->lock);
}

bool mqtt_connection_publish(struct mqtt_connection *l, const char *topic,
			     struct span payload, bool retain)
{
	if (atomic_load(&l->state) != MQTT_CONNECTION_UP ||
	    atomic_load(&l->waiting) >= WAITING_MAX)
		return false;
	atomic_fetch_add(&l->waiting, 1);
	if (mosquitto.publish(l->m, NULL, topic, (int)payload.n, payload.p,
			      l->qos, retain) == MOSQ_ERR_SUCCESS)
		return true;
	atomic_fetch_sub(&l->waiting, 1);
	return false;
}

/* Does the thread end within `ms`? If not, abandon it. */
static bool ends(struct mqtt_connection *l, long ms)
{
	struct timespec until = in_ms(ms);
	bool ended;

	pthread_mutex_lock(&l->lock);
	l->stop = true;
	pthread_cond_broadcast(&l->changed);
	pthread_mutex_unlock(&l->lock);
	mosquitto.disconnect(l->m); /* also wakes mosquitto_loop */
	pthread_mutex_lock(&l->lock);
	while (!l->ended && pthread_cond_timedwait(&l->changed, &l->lock,
						   &until) != ETIMEDOUT)
		;
	ended = l->ended;
	l->abandoned = !ended;
	pthread_mutex_unlock(&l->lock);
	return ended;
}

void mqtt_connection_free(struct mqtt_connection *l, long ms)
{
	if (l == NULL)
		return;
	if (!l->started || ends(l, ms))
		destroy(l);
}

#endif
