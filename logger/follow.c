#include "logger/follow.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "p1rrd"

enum { LOOK_MS = 20 }; /* between two looks whether it has ended */

extern char **environ;

static int beside_us(char *path, size_t size, struct err *e)
{
	char us[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", us, sizeof(us) - 1);
	char *slash;

	if (n < 0)
		return err_errno(e, ERR_CREATE, "/proc/self/exe");
	us[n] = '\0';
	slash = strrchr(us, '/');
	if ((size_t)snprintf(path, size, "%.*s/" PROGRAM, (int)(slash - us),
			     us) >= size)
		return err_set(e, ERR_CREATE, "%s: path too long", us);
	return 0;
}

/* With the signals as a program expects them, not blocked as in our loop. */
static int spawn(const char *path, const char *config, bool verify, pid_t *pid)
{
	char name[] = PROGRAM, option[] = "--config", file[PATH_MAX];
	char all[] = "--verify";
	char *argv[5] = { name };
	int n = 1;
	posix_spawnattr_t attr;
	sigset_t none;
	int rc;

	snprintf(file, sizeof(file), "%s", config ? config : "");
	if (verify)
		argv[n++] = all;
	if (config != NULL) {
		argv[n++] = option;
		argv[n++] = file;
	}
	sigemptyset(&none);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	rc = posix_spawn(pid, path, NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	return rc;
}

static pid_t start(const char *config, bool verify, struct err *e)
{
	char path[PATH_MAX];
	pid_t pid;
	int rc;

	if (beside_us(path, sizeof(path), e) < 0)
		return e->code;
	rc = spawn(path, config, verify, &pid);
	if (rc != 0)
		return err_set(e, ERR_CREATE, "starting %s: %s", path,
			       strerror(rc));
	return pid;
}

pid_t follow_start(const char *config, struct err *e)
{
	return start(config, false, e);
}

static int ended(int status, struct err *e)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 1;
	if (WIFSIGNALED(status))
		return err_set(e, ERR_CREATE, PROGRAM " was ended by signal %d",
			       WTERMSIG(status));
	return err_set(e, ERR_CREATE, "%s", "");
}

int follow_wait(pid_t pid, long wait_ms, struct err *e)
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

int follow_run(const char *config, long wait_ms, struct err *e)
{
	pid_t pid = follow_start(config, e);
	int rc = pid < 0 ? e->code : follow_wait(pid, wait_ms, e);

	return rc < 0 ? rc : 0;
}

int follow_verify(const char *config, struct err *e)
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
