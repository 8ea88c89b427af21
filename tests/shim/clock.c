/*
 * Preloaded under tests: the machine's clock shows another time, and says that
 * it is synchronised, as a container's mostly does not. P1_CLOCK_AHEAD is how
 * many seconds it is ahead of the true time; not set, it is right. With
 * P1_CLOCK_ADRIFT set it is not synchronised.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec *out)
{
	int (*next)(clockid_t, struct timespec *) =
		(int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT,
							     "clock_gettime");
	const char *ahead = getenv("P1_CLOCK_AHEAD");
	int rc = next(which, out);

	if (rc == 0 && which == CLOCK_REALTIME && ahead != NULL)
		out->tv_sec += strtol(ahead, NULL, 10);
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
