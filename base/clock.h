/*
 * The machine's clocks behind function pointers, so that a test can replace
 * them: wall time for timestamps, monotonic time for timeouts, CPU time to
 * measure work.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
	int64_t (*utc)(void *ctx);	    /* seconds since 1970 UTC */
	int64_t (*monotonic_ms)(void *ctx); /* arbitrary start; never goes
					       back */
	int64_t (*work_ms)(void *ctx);	    /* CPU time of this thread */
	bool (*synchronised)(void *ctx);    /* is utc() disciplined (NTP)? */
	void *ctx; /* passed to the functions; may be NULL */
};

/* CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID, adjtimex(2). */
extern const struct clock clock_machine;

static inline int64_t clock_utc(const struct clock *c)
{
	return c->utc(c->ctx);
}

static inline int64_t clock_monotonic_ms(const struct clock *c)
{
	return c->monotonic_ms(c->ctx);
}

static inline int64_t clock_work_ms(const struct clock *c)
{
	return c->work_ms(c->ctx);
}

static inline bool clock_synchronised(const struct clock *c)
{
	return c->synchronised(c->ctx);
}

#endif
