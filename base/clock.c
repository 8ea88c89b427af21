#include "base/clock.h"

#include <sys/timex.h>
#include <time.h>

static int64_t machine_utc(void *ctx)
{
	struct timespec now;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

static int64_t ms_of(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t machine_monotonic_ms(void *ctx)
{
	(void)ctx;
	return ms_of(CLOCK_MONOTONIC);
}

static int64_t machine_work_ms(void *ctx)
{
	(void)ctx;
	return ms_of(CLOCK_THREAD_CPUTIME_ID);
}

static bool machine_synchronised(void *ctx)
{
	struct timex ask = { 0 };

	(void)ctx;
	return adjtimex(&ask) != TIME_ERROR && !(ask.status & STA_UNSYNC);
}

const struct clock clock_machine = {
	.utc = machine_utc,
	.monotonic_ms = machine_monotonic_ms,
	.work_ms = machine_work_ms,
	.synchronised = machine_synchronised,
};
