/*
 * Preloaded under tests: the machine's clock shows another time, and claims to
 * be synchronised, as a container's clock usually does not. P1_CLOCK_AHEAD is
 * how many seconds it is ahead of the true time (default 0). From the true time
 * P1_CLOCK_FROM on, in seconds, it runs P1_CLOCK_RATE times as fast. With
 * P1_CLOCK_ADRIFT set it is not synchronised.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static long number(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

/* Seconds that a clock of another rate has gained at this true time. */
static time_t gained(const struct timespec *now)
{
	long more = number("P1_CLOCK_RATE", 1) - 1;
	int64_t passed_ms =
		((int64_t)now->tv_sec - number("P1_CLOCK_FROM", 0)) * 1000 +
		now->tv_nsec / 1000000;

	return more == 0 ? 0 : (time_t)(passed_ms * more / 1000);
}

/* Not when it is first needed: AddressSanitizer asks the time before it is ready. */
static int (*next)(clockid_t, struct timespec *);
__attribute__((constructor)) static void find_next(void)
{
	next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT,
							    "clock_gettime");
}

int clock_gettime(clockid_t which, struct timespec *out)
{
	int rc;

	if (next == NULL)
		return (int)syscall(SYS_clock_gettime, which, out);
	rc = next(which, out);
	if (rc == 0 && which == CLOCK_REALTIME)
		out->tv_sec += number("P1_CLOCK_AHEAD", 0) + gained(out);
	return rc;
}

int adjtimex(struct timex *t)
{
	memset(t, 0, sizeof(*t));
	if (getenv("P1_CLOCK_ADRIFT") == NULL)
		return TIME_OK;
	t->status = STA_UNSYNC;
	return TIME_ERROR;
}
