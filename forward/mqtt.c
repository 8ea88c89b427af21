/*
 * Send readings to an MQTT broker, complete and value by value, announced to
 * Home Assistant. Nothing is queued for an absent broker except the single
 * reading of `--once`.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forward/endpoint.h"
#include "forward/mqtt_connection.h"
#include "forward/mqtt_publish.h"
#include "forward/output.h"
#include "forward/outputs.h"

enum {
	PLAIN_PORT = 1883,
	TLS_PORT = 8883,
	SILENT_MS = 60000, /* without a reading until the meter counts as
			      offline */
	GOODBYE_MS = 300,  /* longest wait for a clean disconnect */
	GIVE_UP_MS = 50,   /* the same for an absent broker */
	STEP_MS = 10,	   /* for --once */
	HOST = 256,
	SECRET = 256,
};

struct mqtt {
	struct output *o;
	struct mqtt_connection *link;
	char broker[HOST];
	struct mqtt_publish publish;
	struct pace pace;
	struct mqtt_outbox outbox;
	unsigned ups, births; /* when everything was last sent again */
	bool online;	      /* this connection was told */
	int64_t last_ms;      /* time of the last reading */
	bool told_down, down;
};

static bool wanted(const struct outputs_settings *s)
{
	return s->mqtt.broker[0] != '\0';
}

/* Read the first line. A missing or truncated line is an error. */
static int read_line(FILE *f, char out[static SECRET], struct err *e)
{
	size_t n;

	if (fgets(out, SECRET, f) == NULL)
		out[0] = '\0';
	n = strcspn(out, "\r\n");
	if (ferror(f))
		return err_errno(e, ERR_CONFIG, "reading it");
	if (n == 0)
		return err_set(e, ERR_CONFIG, "its first line is empty");
	if (n == SECRET - 1)
		return err_set(e, ERR_CONFIG, "its first line is too long");
	out[n] = '\0';
	return 0;
}

/* Read the password from the first line of a file; "" without a file. */
static int read_password(const char *path, char out[static SECRET],
			 struct err *e)
{
	FILE *f;
	int rc;

	out[0] = '\0';
	if (path[0] == '\0')
		return 0;
	f = fopen(path, "re");
	if (f == NULL)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CONFIG,
				 "password_file: %s", path);
	rc = read_line(f, out, e);
	fclose(f);
	return rc < 0 ? err_while(e, "password_file: %s", path) : 0;
}

static const char *client_id(const char *given, char *buf, size_t size)
{
	char host[HOST] = "";

	if (given[0] != '\0')
		return given;
	gethostname(host, sizeof(host) - 1);
	snprintf(buf, size, "p1logger-%s", host);
	return buf;
}

static int make_link(struct mqtt *m, const struct outputs_settings *s,
		     struct err *e)
{
	char host[HOST], password[SECRET], id[HOST + 16];
	long port;
	struct mqtt_broker o = {
		.host = host,
		.client_id = client_id(s->mqtt.client_id, id, sizeof(id)),
		.user = s->mqtt.user,
		.password = password,
		.tls = s->mqtt.tls,
		.ca_file = s->mqtt.ca_file,
		.cert_file = s->mqtt.cert_file,
		.key_file = s->mqtt.key_file,
		.qos = (int)s->mqtt.qos,
		.will_topic = m->o->once ? NULL : m->publish.topics.status,
		.will = "offline",
		.watch = m->publish.topics.watch,
	};

	if (endpoint_split(s->mqtt.broker, o.tls ? TLS_PORT : PLAIN_PORT, host,
			   sizeof(host), &port, e) < 0)
		return err_while(e, "broker");
	if (read_password(s->mqtt.password_file, password, e) < 0)
		return e->code;
	if (password[0] != '\0' && o.user[0] == '\0')
		return err_set(e, ERR_CONFIG,
			       "password_file: set a user as well");
	o.port = (int)port;
	snprintf(m->broker, sizeof(m->broker), "%s", s->mqtt.broker);
	m->link = mqtt_connection_new(&o, e);
	return m->link == NULL ? e->code : 0;
}

/* --once is ending with messages unsent. */
static void say_unsent(struct mqtt *m, const struct mqtt_connection_status *s)
{
	if (s->state == MQTT_CONNECTION_UP ||
	    (m->outbox.n == 0 && s->waiting == 0))
		return;
	output_trouble(m->o, "%s: %s", m->broker,
		       s->state == MQTT_CONNECTION_DOWN
			       ? s->why
			       : "the broker did not answer in time");
}

static void shut(void *self)
{
	struct mqtt *m = self;
	struct mqtt_connection_status s = { .state = MQTT_CONNECTION_DOWN };

	if (m->link != NULL)
		mqtt_connection_status(m->link, &s);
	if (m->link != NULL && m->o->once)
		say_unsent(m, &s);
	if (m->online && !m->o->once)
		mqtt_connection_publish(m->link, m->publish.topics.status,
					SPAN("offline"), true);
	mqtt_connection_free(m->link, s.state == MQTT_CONNECTION_UP
					      ? GOODBYE_MS
					      : GIVE_UP_MS);
	mqtt_outbox_free(&m->outbox);
	free(m);
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct mqtt *m = output_alloc(sizeof(*m), e);

	if (m == NULL)
		return NULL;
	m->o = o;
	m->pace.interval_s = s->mqtt.interval_s;
	if (mqtt_publish_open(&m->publish, s, e) == 0 &&
	    make_link(m, s, e) == 0)
		return m;
	shut(m);
	return NULL;
}

static void start(void *self)
{
	struct mqtt *m = self;
	struct err e = { 0 };

	if (mqtt_connection_start(m->link, &e) < 0)
		output_trouble(m->o, "%s", e.text);
}

/* Send what a new connection needs first, regardless of the interval. */
static void greet(struct mqtt *m, const struct reading *r)
{
	mqtt_publish_announce(&m->publish, &m->outbox, r);
	if (!m->online)
		mqtt_publish_status(&m->publish, &m->outbox, true);
	m->online = true;
}

static void flush(struct mqtt *m)
{
	struct message message;
	size_t at = 0;
	bool taken = true;

	while (taken && mqtt_outbox_next(&m->outbox, &at, &message))
		taken = mqtt_connection_publish(m->link, message.topic,
						message.payload,
						message.retain);
	if (!taken)
		output_trouble(
			m->o,
			"%s: too many messages are waiting; some were dropped",
			m->broker);
	mqtt_outbox_clear(&m->outbox);
}

/*
 * Log when the broker disappears, once an hour, and when it returns; with
 * --once the end reports it.
 */
static void say(struct mqtt *m, const struct mqtt_connection_status *s)
{
	if (s->state == MQTT_CONNECTION_DOWN && !m->down && !m->o->once)
		m->told_down = output_trouble(m->o, "%s: %s; retrying",
					      m->broker, s->why);
	if (s->state == MQTT_CONNECTION_UP && m->told_down) {
		log_line(m->o->log, LOG_LEVEL_NOTICE, "mqtt: %s is back",
			 m->broker);
		m->told_down = false;
	}
	if (s->state != MQTT_CONNECTION_TRYING)
		m->down = s->state == MQTT_CONNECTION_DOWN;
}

/*
 * Is the broker up? A new connection or a restarted Home Assistant needs
 * everything again.
 */
static bool is_up(struct mqtt *m)
{
	struct mqtt_connection_status s;

	mqtt_connection_status(m->link, &s);
	say(m, &s);
	if (s.ups != m->ups)
		m->online = false;
	if (s.ups != m->ups || s.births != m->births)
		mqtt_publish_again(&m->publish);
	m->ups = s.ups;
	m->births = s.births;
	return s.state == MQTT_CONNECTION_UP;
}

static void reading(void *self, const struct live *live)
{
	struct mqtt *m = self;
	bool up = is_up(m);

	m->last_ms = live->now_ms;
	if (!up && !m->o->once)
		return;
	mqtt_outbox_clear(&m->outbox);
	greet(m, live->reading);
	if (pace_due(&m->pace, live->utc))
		mqtt_publish_reading(&m->publish, &m->outbox, live);
	if (up)
		flush(m);
	if (m->o->due_ms > live->now_ms + SILENT_MS)
		m->o->due_ms = live->now_ms + SILENT_MS;
}

/* With --once, the reading before may still wait for the broker. */
static void today(void *self, const struct today *t, int64_t now_ms)
{
	struct mqtt *m = self;
	bool up = is_up(m);

	m->publish.today = *t;
	if (!m->online && !m->o->once)
		return;
	mqtt_publish_today(&m->publish, &m->outbox, now_ms);
	if (up)
		flush(m);
}

static int64_t tick_once(struct mqtt *m, int64_t now_ms)
{
	bool held = m->outbox.n > 0;

	if (is_up(m) && held)
		flush(m);
	return now_ms + STEP_MS;
}

/* When readings stop, tell the programs that show the values. */
static int64_t tick(void *self, int64_t now_ms)
{
	struct mqtt *m = self;

	if (m->o->once)
		return tick_once(m, now_ms);
	if (!m->online)
		return INT64_MAX;
	if (now_ms < m->last_ms + SILENT_MS)
		return m->last_ms + SILENT_MS;
	mqtt_connection_publish(m->link, m->publish.topics.status,
				SPAN("offline"), true);
	m->online = false;
	return INT64_MAX;
}

static bool connected(void *self)
{
	struct mqtt *m = self;
	struct mqtt_connection_status s;

	mqtt_connection_status(m->link, &s);
	return s.state == MQTT_CONNECTION_UP;
}

static bool pending(void *self)
{
	struct mqtt *m = self;
	struct mqtt_connection_status s;

	mqtt_connection_status(m->link, &s);
	return s.state != MQTT_CONNECTION_DOWN &&
	       (m->outbox.n > 0 || s.waiting > 0);
}

const struct output_ops mqtt_ops = {
	.name = "mqtt",
	.wanted = wanted,
	.open = open_output,
	.start = start,
	.reading = reading,
	.today = today,
	.connected = connected,
	.tick = tick,
	.pending = pending,
	.close = shut,
};
