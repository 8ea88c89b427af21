/*
 * Finding the speed of a serial port by listening: which of `speeds` is tried,
 * and when to try the next. At a wrong speed a telegram is garbage; at the
 * right one even a piece of it is text.
 */
#ifndef LOGGER_AUTOBAUD_H
#define LOGGER_AUTOBAUD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct autobaud {
	int speed;	   /* index into speeds */
	int64_t since_ms;  /* monotonic, when listening at this one began */
	int64_t byte_ms;   /* when the last bytes came */
	int64_t all, text; /* bytes since then, and those that P1 text has */
};

/* Listen at t->speed from now on. */
void autobaud_begin(struct autobaud *t, int64_t now_ms);

/* Bytes came. */
void autobaud_hear(struct autobaud *t, const char *bytes, size_t n,
		   int64_t now_ms);

/* The monotonic instant in ms at which autobaud_turn has something to say. */
int64_t autobaud_due(const struct autobaud *t);

/*
 * true: no telegram of this speed is to be expected; t->speed is the next one,
 * set the port to it and call autobaud_begin.
 */
bool autobaud_turn(struct autobaud *t, int64_t now_ms);

#endif
