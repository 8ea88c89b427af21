#include "logger/follower_processes.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <sys/wait.h>

#include "base/child.h"

enum { LOOK_MS = 20 }; /* interval of checking whether it has ended */

static const struct {
	const char *program;
	const char *option; /* NULL: none */
	bool awaited;
} table[FOLLOWERS] = {
	[FOLLOWER_RRD] = { "p1rrd", NULL, true },
	[FOLLOWER_FLEET] = { "p1pg", "--background", false },
};

bool follower_is_awaited(enum follower f)
{
	return table[f].awaited;
}

static pid_t start(enum follower f, const char *option, const char *config,
		   struct err *e)
{
	const char *argv[5] = { table[f].program };
	int n = 1;

	if (option != NULL)
		argv[n++] = option;
	if (config != NULL) {
		argv[n++] = "--config";
		argv[n++] = config;
	}
	return child_start(argv, -1, e);
}

pid_t follower_start(enum follower f, const char *config, struct err *e)
{
	return start(f, table[f].option, config, e);
}

/* Returns 1: success, or ERR_CREATE. */
static int ended(enum follower f, int status, struct err *e)
{
	return child_result(table[f].program, status, e) < 0 ? e->code : 1;
}

int follower_wait(enum follower f, pid_t pid, long wait_ms, struct err *e)
{
	for (long waited = 0;; waited += LOOK_MS) {
		int status = 0;
		pid_t got = waitpid(pid, &status, WNOHANG);

		if (got == pid)
			return ended(f, status, e);
		if (got < 0 && errno != EINTR)
			return err_errno(e, ERR_CREATE, "waiting for %s",
					 table[f].program);
		if (waited >= wait_ms)
			return 0;
		poll(NULL, 0, LOOK_MS);
	}
}

static int run(enum follower f, const char *config, long wait_ms, struct err *e)
{
	pid_t pid = follower_start(f, config, e);
	int rc = pid < 0 ? e->code : 0;

	if (rc == 0 && table[f].awaited)
		rc = follower_wait(f, pid, wait_ms, e);
	return rc < 0 ? rc : 0;
}

/* Those that are not awaited first: they run meanwhile. */
int followers_run(const struct store_options *o, long wait_ms, struct err *e)
{
	struct err one;
	int rc = 0;

	for (int awaited = 0; awaited <= 1; awaited++)
		for (int f = 0; f < FOLLOWERS; f++)
			if (o->follow[f].on && table[f].awaited == awaited &&
			    run((enum follower)f, o->config, wait_ms, &one) <
				    0 &&
			    rc == 0) {
				*e = one;
				rc = one.code;
			}
	return rc;
}

int follower_verify_rrd(const char *config, struct err *e)
{
	pid_t pid = start(FOLLOWER_RRD, "--verify", config, e);
	int status = 0;

	if (pid < 0)
		return e->code;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_errno(e, ERR_CREATE, "waiting for p1rrd");
	if (WIFEXITED(status) &&
	    WEXITSTATUS(status) == err_exit_status(ERR_FORMAT))
		return 1;
	return ended(FOLLOWER_RRD, status, e) < 0 ? e->code : 0;
}
