#include "logger/p1rrd_process.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/wait.h>

#include "base/child.h"

#define PROGRAM "p1rrd"

enum { LOOK_MS = 20 }; /* interval of checking whether it has ended */

static pid_t start(const char *config, bool verify, struct err *e)
{
	const char *argv[5] = { PROGRAM };
	int n = 1;

	if (verify)
		argv[n++] = "--verify";
	if (config != NULL) {
		argv[n++] = "--config";
		argv[n++] = config;
	}
	return child_start(argv, -1, e);
}

pid_t p1rrd_process_start(const char *config, struct err *e)
{
	return start(config, false, e);
}

/* Returns 1: success, or ERR_CREATE. */
static int ended(int status, struct err *e)
{
	return child_result(PROGRAM, status, e) < 0 ? e->code : 1;
}

int p1rrd_process_wait(pid_t pid, long wait_ms, struct err *e)
{
	for (long waited = 0;; waited += LOOK_MS) {
		int status = 0;
		pid_t got = waitpid(pid, &status, WNOHANG);

		if (got == pid)
			return ended(status, e);
		if (got < 0 && errno != EINTR)
			return err_errno(e, ERR_CREATE, "waiting for " PROGRAM);
		if (waited >= wait_ms)
			return 0;
		poll(NULL, 0, LOOK_MS);
	}
}

int p1rrd_process_follow(const struct store_options *o, long wait_ms,
			 struct err *e)
{
	pid_t pid;
	int rc;

	if (!o->follow)
		return 0;
	pid = p1rrd_process_start(o->config, e);
	rc = pid < 0 ? e->code : p1rrd_process_wait(pid, wait_ms, e);
	return rc < 0 ? rc : 0;
}

int p1rrd_process_verify(const char *config, struct err *e)
{
	pid_t pid = start(config, true, e);
	int status = 0;

	if (pid < 0)
		return e->code;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, ERR_CREATE, "waiting for " PROGRAM);
	if (WIFEXITED(status) &&
	    WEXITSTATUS(status) == err_exit_status(ERR_FORMAT))
		return 1;
	return ended(status, e) < 0 ? e->code : 0;
}
