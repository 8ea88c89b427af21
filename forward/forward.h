/*
 * Readings to everyone else in the house, live: UDP, MQTT, TCP, files, p1web.
 * Nothing here waits. What cannot be sent at once is gone, and the log says so
 * once an hour; the journal keeps what counts and knows nothing of this room.
 *
 * docs/forward.md describes each format.
 */
#ifndef FORWARD_FORWARD_H
#define FORWARD_FORWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "telegram/reading.h"

/* A register and the UDP port that hears of it. */
struct forward_port {
	const char *obis; /* "1-0:1.8.1" */
	long port;	  /* 1 to 65535 */
};

/*
 * What to send where. All text is borrowed until forward_open returns; "" (not
 * NULL) is off.
 */
struct forward_settings {
	struct {
		const char *target;    /* "address:port" */
		const char *interface; /* of multicast; "" the route's */
		long ttl;	       /* of multicast: 0 to 255 */
	} udp_json;
	struct {
		const char *target; /* "address:port" */
	} udp_lines;
	struct {
		const char *host; /* an address */
		long timer_s;	  /* between two sendings of the counters */
		const struct forward_port *ports;
		size_t n;
	} udp_values;
	struct {
		const char *broker;    /* "host" or "host:port" */
		const char *topic;     /* what all topics begin with */
		const char *client_id; /* "" makes one of the host's name */
		const char *user;
		const char *password_file; /* its first line */
		const char *ca_file;	   /* "" the system's */
		const char *cert_file, *key_file;
		const char *homeassistant; /* prefix of its discovery */
		const char *smart_meter;   /* topic of the nested document */
		bool tls, reading, values;
		long qos;	 /* 0 to 2 */
		long interval_s; /* 0: every telegram */
	} mqtt;
	struct {
		const char *listen; /* "address:port" */
	} tcp;
	struct {
		const char *telegrams, *json, *csv; /* strftime names */
		bool gzip;
		long limit_mb;	 /* of each of the three; 0: none */
		long interval_s; /* 0: every telegram */
	} files;
	struct {
		/* Paths of datagram sockets of p1web: whichever is there.
		 * NULL or "": none. */
		const char *socket, *elsewhere;
	} feed;
};

struct forward;

/* ERR_CONFIG names the section of a setting that cannot work. */
int forward_check(const struct forward_settings *s, struct err *e);

/*
 * Begin to forward. Only a wrong setting (ERR_CONFIG, ERR_PERMISSION of the
 * password file) or memory can fail; a port in use or a dead broker is retried.
 * `once`: for one reading. The clock and the log are borrowed.
 */
struct forward *forward_open(const struct forward_settings *s,
			     const struct clock *clock, const struct log *log,
			     bool once, struct err *e);

/* Hand a reading to all outputs. Its times must be TIMESTAMP_UTC or TIMESTAMP_NONE. */
void forward_reading(struct forward *f, const struct reading *r);

/* To poll() for input; -1: none. When it is ready: forward_ready. */
int forward_fd(const struct forward *f);
void forward_ready(struct forward *f);

/* When, monotonic ms, forward_tick wants to be called; INT64_MAX: never. */
int64_t forward_due(const struct forward *f);
void forward_tick(struct forward *f);

/* Wait until what is under way has left, for so long at most. */
void forward_finish(struct forward *f, long ms);

/* Sends what can still be sent (MQTT: offline) within half a second. */
void forward_close(struct forward *f);

/* All of these take NULL, as a forward without outputs. */

#endif
