/* A clock that the test sets. */
#ifndef TESTS_LOGGER_FAKE_CLOCK_H
#define TESTS_LOGGER_FAKE_CLOCK_H

#include "base/clock.h"

struct fake_clock {
	int64_t utc;
	int64_t ms;
	bool synchronised;
};

static int64_t fake_utc(void *ctx)
{
	return ((struct fake_clock *)ctx)->utc;
}

static int64_t fake_ms(void *ctx)
{
	return ((struct fake_clock *)ctx)->ms;
}

static bool fake_synchronised(void *ctx)
{
	return ((struct fake_clock *)ctx)->synchronised;
}

static inline struct clock fake_clock(struct fake_clock *f)
{
	return (struct clock){
		.utc = fake_utc,
		.monotonic_ms = fake_ms,
		.work_ms = fake_ms,
		.synchronised = fake_synchronised,
		.ctx = f,
	};
}

#endif
