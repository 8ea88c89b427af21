#include "logger/port/holder.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "minicom (pid 1234)" */
static void name_process(long pid, char text[static HOLDER_TEXT])
{
	char path[64], name[32] = "a program";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/comm", pid);
	f = fopen(path, "re");
	if (f != NULL) {
		if (fgets(name, sizeof(name), f) != NULL)
			name[strcspn(name, "\n")] = '\0';
		fclose(f);
	}
	snprintf(text, HOLDER_TEXT, "%s (pid %ld)", name, pid);
}

/* A line of /proc/locks: "1: FLOCK  ADVISORY  WRITE 812 00:1f:1234 0 EOF". */
static long lock_owner(const char *line, const char *wanted, long except,
		       unsigned long long inode)
{
	unsigned long long at;
	char kind[16], how[16];
	long pid;

	if (sscanf(line, "%*s %15s %*s %15s %ld %*x:%*x:%llu", kind, how, &pid,
		   &at) != 4)
		return 0;
	return strcmp(kind, wanted) == 0 && strcmp(how, "WRITE") == 0 &&
			       at == inode && pid != except
		       ? pid
		       : 0;
}

/*
 * Does any process except `except` hold a write lock of this kind on the file?
 */
static bool holder_of(const struct stat *st, const char *kind, long except,
		      char text[static HOLDER_TEXT])
{
	FILE *f = fopen("/proc/locks", "re");
	char line[256];
	long pid = 0;

	if (f == NULL)
		return false;
	while (pid <= 0 && fgets(line, sizeof(line), f) != NULL)
		pid = lock_owner(line, kind, except, st->st_ino);
	fclose(f);
	if (pid > 0)
		name_process(pid, text);
	return pid > 0;
}

bool holder_of_lock(const char *path, char text[static HOLDER_TEXT])
{
	struct stat st;

	return stat(path, &st) == 0 && holder_of(&st, "FLOCK", 0, text);
}

/*
 * SQLite locks bytes of the -shm file, or of the database itself without a WAL;
 * we hold some too.
 */
bool holder_of_database(const char *path, char text[static HOLDER_TEXT])
{
	char shm[PATH_MAX];
	struct stat st;

	if (snprintf(shm, sizeof(shm), "%s-shm", path) < (int)sizeof(shm) &&
	    stat(shm, &st) == 0 && holder_of(&st, "POSIX", getpid(), text))
		return true;
	return stat(path, &st) == 0 && holder_of(&st, "POSIX", getpid(), text);
}

/* Does the process have this character device open? */
static bool process_has(const char *pid, dev_t device)
{
	char path[600];
	struct dirent *d;
	struct stat st;
	bool has = false;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	dir = opendir(path);
	if (dir == NULL)
		return false;
	while (!has && (d = readdir(dir)) != NULL) {
		snprintf(path, sizeof(path), "/proc/%s/fd/%s", pid, d->d_name);
		has = stat(path, &st) == 0 && S_ISCHR(st.st_mode) &&
		      st.st_rdev == device;
	}
	closedir(dir);
	return has;
}

bool holder_of_device(const char *device, char text[static HOLDER_TEXT])
{
	DIR *proc = opendir("/proc");
	struct dirent *d;
	struct stat st;
	bool found = false;

	if (proc == NULL)
		return false;
	if (stat(device, &st) == 0)
		while (!found && (d = readdir(proc)) != NULL) {
			long pid = strtol(d->d_name, NULL, 10);

			if (!isdigit((unsigned char)d->d_name[0]) ||
			    pid == getpid() ||
			    !process_has(d->d_name, st.st_rdev))
				continue;
			name_process(pid, text);
			found = true;
		}
	closedir(proc);
	return found;
}
