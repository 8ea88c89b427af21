/*
 * Forward readings live to other programs: UDP, MQTT, TCP, files, p1web.
 * Nothing here blocks. What cannot be sent immediately is lost, and the log
 * says so once an hour; the journal stores what matters and knows nothing of
 * this room.
 *
 * docs/forward.md describes each format.
 */
#ifndef FORWARD_OUTPUTS_H
#define FORWARD_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/pollable.h"
#include "forward/today.h"
#include "telegram/reading.h"

/* A register and the UDP port that receives it. */
struct outputs_port {
	const char *obis; /* "1-0:1.8.1" */
	long port;	  /* 1 to 65535 */
};

/*
 * What to send where. Strings are borrowed until outputs_open returns; "" (not
 * NULL) is off.
 */
struct outputs_settings {
	struct {
		const char *target;    /* "address:port" */
		const char *interface; /* for multicast; "" as routed */
		long ttl;	       /* for multicast: 0 to 255 */
	} udp_json;
	struct {
		const char *target; /* "address:port" */
	} udp_lines;
	struct {
		const char *host; /* an address */
		long timer_s;	  /* between sending the counters */
		const struct outputs_port *ports;
		size_t n;
	} udp_values;
	struct {
		const char *broker;    /* "host" or "host:port" */
		const char *topic;     /* prefix of all topics */
		const char *client_id; /* "" derives it from the host name */
		const char *user;
		const char *password_file; /* password in the first line */
		const char *ca_file;	   /* "" the system's */
		const char *cert_file, *key_file;
		const char *homeassistant; /* prefix of discovery topics */
		const char *smart_meter;   /* topic of the nested document */
		bool tls, reading, values;
		long qos;	  /* 0 to 2 */
		long interval_s;  /* 0: every telegram */
		long refresh_s;	  /* an unchanged value is sent again */
		long expire_s;	  /* Home Assistant: until a value counts as
				     lost; 0: never */
		const char *page; /* URL of p1web's page; "" if none */
	} mqtt;
	struct {
		const char *listen; /* "address:port" */
	} tcp;
	struct {
		const char *telegrams, *json, *csv; /* strftime names */
		bool gzip;
		long limit_mb;	 /* for each of the three; 0 if none */
		long interval_s; /* 0: every telegram */
	} files;
	struct {
		/*
		 * Paths of p1web's datagram socket: the one that exists is
		 * used. NULL or "" if none.
		 */
		const char *socket, *elsewhere;
	} feed;
};

struct outputs;
struct service_state;

/* ERR_CONFIG names the section of an invalid setting. */
int outputs_check(const struct outputs_settings *s, struct err *e);

/*
 * Start forwarding. Fails only for a wrong setting (ERR_CONFIG; ERR_PERMISSION
 * for the password file) or if out of memory; a port in use or a dead broker is
 * retried. `once`: for a single reading. The clock and the log are borrowed.
 */
struct outputs *outputs_open(const struct outputs_settings *s,
			     const struct clock *clock, const struct log *log,
			     bool once, struct err *e);

/*
 * Pass a reading to all outputs. Its times must be TIMESTAMP_UTC or
 * TIMESTAMP_NONE.
 */
void outputs_reading(struct outputs *f, const struct reading *r);

/* Does an output send the day's totals? */
bool outputs_want_today(const struct outputs *f);

/* Pass the day's totals to all outputs. */
void outputs_today(struct outputs *f, const struct today *t);

/*
 * Name the outputs that cannot send now, because a broker or a port is missing:
 * "mqtt, tcp". Returns their number; buf is "" if there are none.
 */
enum { OUTPUTS_NAMES = 64 };
int outputs_disconnected(const struct outputs *f,
			 char buf[static OUTPUTS_NAMES]);

/* Send only the telegram of a reading whose meter is not the house's. */
void outputs_telegram(struct outputs *f, const struct reading *r);

/*
 * Send the service's state along with each reading. It is borrowed until
 * outputs_close.
 */
void outputs_use_state(struct outputs *f, const struct service_state *state);

/*
 * Say that the state has changed without a reading: a telegram was refused, or
 * a port was lost.
 */
void outputs_state(struct outputs *f);

/* For pollable_wait, between readings. */
struct pollable outputs_pollable(struct outputs *f);

/* Wait until pending messages are sent, at most `ms`. */
void outputs_finish(struct outputs *f, long ms);

/* Send what can still be sent within half a second (MQTT: offline). */
void outputs_close(struct outputs *f);

/* All of these functions accept NULL (no outputs). */

#endif
