/*
 * Finding the speed of a serial port by listening: which of `speeds` is tried,
 * and when to try the next. At a wrong speed a telegram is garbage; at the
 * right one even a piece of it is text.
 */
#ifndef LOGGER_TUNE_H
#define LOGGER_TUNE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tune {
	int speed;	   /* index into speeds */
	int64_t since_ms;  /* monotonic, when listening at this one began */
	int64_t byte_ms;   /* when the last bytes came */
	int64_t all, text; /* bytes since then, and those that P1 text has */
};

/* Listen at t->speed from now on. */
void tune_begin(struct tune *t, int64_t now_ms);

/* Bytes came. */
void tune_hear(struct tune *t, const char *bytes, size_t n, int64_t now_ms);

/* The monotonic instant in ms at which tune_turn has something to say. */
int64_t tune_due(const struct tune *t);

/*
 * true: no telegram of this speed is to be expected; t->speed is the next one,
 * set the port to it and call tune_begin.
 */
bool tune_turn(struct tune *t, int64_t now_ms);

#endif
