/*
 * What the service is doing, in one line for people and in lines of text for
 * p1web, which receives them with each reading: docs/forward.md, "The feed".
 */
#ifndef FORWARD_SERVICE_STATE_H
#define FORWARD_SERVICE_STATE_H

#include <stdbool.h>

#include "forward/service_counts.h"

enum {
	SERVICE_STATE_NAME = 128,
	SERVICE_STATE_LINE = 2 * SERVICE_STATE_NAME + 200,
	SERVICE_STATE_TEXT = SERVICE_COUNTS_TEXT + 2 * SERVICE_STATE_NAME + 160
};

struct service_state {
	struct service_counts counts;
	char port[SERVICE_STATE_NAME]; /* "tcp://meter:2001"; "" if none found
					  */
	bool lost;		       /* the port cannot be read now */
	int64_t rate;	   /* telegrams per 1000 s; 0 if fewer than two arrived
			 lately */
	int64_t held;	   /* held readings that nobody has decided on */
	int64_t unwritten; /* rows that could not be written */
	char disconnected[SERVICE_STATE_NAME]; /* outputs: "mqtt, tcp"; "" */
};

/*
 * Write "tcp://meter:2001, 1/s, last 0 s ago, 2 held, 3 refused, mqtt
 * disconnected"; what is 0 is left out. age_s: since the newest telegram; -1 if
 * none came. Returns buf.
 */
char *service_state_line(char buf[static SERVICE_STATE_LINE],
			 const struct service_state *s, int64_t age_s);

/* Write lines such as "port tcp://meter:2001\nrate 1000\n". Returns the length. */
size_t service_state_write(char buf[static SERVICE_STATE_TEXT],
			   const struct service_state *s);

/*
 * Read such a text; values that it lacks are 0 or "", and those that are not
 * printable ASCII, or too long, are skipped.
 */
void service_state_read(struct service_state *s, struct span text);

#endif
