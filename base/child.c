#include "base/child.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"

extern char **environ;

static int beside_us(char *path, size_t size, const char *name, struct err *e)
{
	char us[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", us, sizeof(us) - 1);
	char *slash;

	if (n < 0)
		return err_errno(e, ERR_CREATE, "/proc/self/exe");
	us[n] = '\0';
	slash = strrchr(us, '/');
	if ((size_t)snprintf(path, size, "%.*s/%s", (int)(slash - us), us,
			     name) >= size)
		return err_set(e, ERR_CREATE, "%s: the path is too long", us);
	return 0;
}

/* Unblock all signals and restore the default actions of those we ignore. */
static void free_signals(posix_spawnattr_t *attr)
{
	sigset_t none, ignored;

	sigemptyset(&none);
	process_ignored(&ignored);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &ignored);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK |
					       POSIX_SPAWN_SETSIGDEF);
}

pid_t child_start(const char *const *argv, int out, struct err *e)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char path[PATH_MAX];
	pid_t pid;
	int rc;

	if (beside_us(path, sizeof(path), argv[0], e) < 0)
		return e->code;
	posix_spawnattr_init(&attr);
	posix_spawn_file_actions_init(&files);
	free_signals(&attr);
	if (out >= 0) {
		posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
		posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	}
	/* posix_spawn does not change the arguments. */
	rc = posix_spawn(&pid, path, &files, &attr, (char *const *)argv,
			 environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	return rc == 0 ? pid
		       : err_set(e, ERR_CREATE, "starting %s: %s", path,
				 strerror(rc));
}

/* On some systems only the new process finds out that a program is missing. */
enum { NOT_STARTED = 126, NOT_FOUND = 127 };

static bool is_of_ours(int exit_status)
{
	int code = ERR_FAILED;

	while (code > ERR_DAMAGED && err_exit_status(code) != exit_status)
		code--;
	return err_exit_status(code) == exit_status;
}

int child_result(const char *name, int status, struct err *e)
{
	char path[PATH_MAX];
	int left = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (left == 0)
		return 0;
	if (WIFSIGNALED(status))
		return err_set(e, ERR_CREATE, "%s was killed by signal %d",
			       name, WTERMSIG(status));
	if (left == NOT_STARTED || left == NOT_FOUND)
		return beside_us(path, sizeof(path), name, e) < 0
			       ? e->code
			       : err_set(e, ERR_CREATE,
					 "cannot start %s: check that it and "
					 "its libraries are installed",
					 path);
	if (!is_of_ours(left))
		return err_set(e, ERR_CREATE, "%s exited with status %d", name,
			       left);
	return err_set(e, ERR_CREATE, "%s", "");
}

int child_ended(pid_t pid, int *status, struct err *e)
{
	pid_t got;

	do
		got = waitpid(pid, status, WNOHANG);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_errno(e, ERR_FAILED, "waiting for a program");
	return got == pid;
}
