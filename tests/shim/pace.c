/*
 * Preloaded under tests: time passes for a program when its test says so. The
 * file P1_PACE has one line, "CLOCK WORK": the ms that have passed on the
 * monotonic clock, and those of each thread's processor time. By themselves
 * both run at a thousandth of their speed: what is due in a moment happens, and
 * what is due in seconds does not, however slow the machine is. A thread that
 * reads its processor time copies a new line to the file P1_PACE.seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 64, SLOWER = 1000 };

static const int64_t second_ns = 1000000000;

static void read_line(char line[LINE])
{
	const char *path = getenv("P1_PACE");
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd >= 0 ? read(fd, line, LINE - 1) : 0;

	line[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static void note_seen(const char *line)
{
	static _Thread_local char last[LINE];
	char path[PATH_MAX];
	int fd;

	if (*line == '\0' || strcmp(line, last) == 0)
		return;
	memcpy(last, line, strlen(line) + 1);
	snprintf(path, sizeof(path), "%s.seen", getenv("P1_PACE"));
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	(void)!write(fd, line, strlen(line));
	close(fd);
}

static void set_pace(clockid_t which, struct timespec *t)
{
	int64_t ns = ((int64_t)t->tv_sec * second_ns + t->tv_nsec) / SLOWER;
	char line[LINE], *rest;
	int64_t clock_ms, work_ms;

	read_line(line);
	clock_ms = strtoll(line, &rest, 10);
	work_ms = strtoll(rest, NULL, 10);
	ns += (which == CLOCK_MONOTONIC ? clock_ms : work_ms) * 1000000;
	t->tv_sec = (time_t)(ns / second_ns);
	t->tv_nsec = (long)(ns % second_ns);
	if (which != CLOCK_MONOTONIC)
		note_seen(line);
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
	if (rc == 0 &&
	    (which == CLOCK_MONOTONIC || which == CLOCK_THREAD_CPUTIME_ID))
		set_pace(which, out);
	return rc;
}
