/*
 * Find the speed of a serial port by listening: which of `speeds` to try, and
 * when to try the next. At a wrong speed a telegram is garbage; at the right
 * one even a part of it is text.
 */
#ifndef LOGGER_PORT_AUTOBAUD_H
#define LOGGER_PORT_AUTOBAUD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct autobaud {
	int speed;	   /* index into speeds */
	int64_t since_ms;  /* monotonic start of listening at this speed */
	int64_t byte_ms;   /* time of the last bytes */
	int64_t all, text; /* bytes since then, and those that occur in P1
			      text */
};

/* Start listening at t->speed. */
void autobaud_begin(struct autobaud *t, int64_t now_ms);

/* Count received bytes. */
void autobaud_hear(struct autobaud *t, const char *bytes, size_t n,
		   int64_t now_ms);

/* When to call autobaud_turn next, monotonic ms. */
int64_t autobaud_due(const struct autobaud *t);

/*
 * Returns true to give up on this speed; t->speed is then the next one. Set the
 * port to it and call autobaud_begin.
 */
bool autobaud_turn(struct autobaud *t, int64_t now_ms);

#endif
