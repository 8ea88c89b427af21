#include "logger/diagnose/port_environment.h"

#include <ctype.h>
#include <dirent.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>

enum lines port_environment_lines(int fd)
{
	int bits = 0;

	if (ioctl(fd, TIOCMGET, &bits) < 0)
		return LINES_UNKNOWN;
	return bits & TIOCM_RTS ? LINES_RTS_UP : LINES_RTS_DOWN;
}

void port_environment_holder(const char *refusal,
			     char holder[static HOLDER_TEXT])
{
	static const char words[] = " is in use by ";
	const char *by = strstr(refusal, words);

	holder[0] = '\0';
	if (by != NULL && strchr(by, '(') != NULL)
		snprintf(holder, HOLDER_TEXT, "%.*s", HOLDER_TEXT - 1,
			 by + strlen(words));
}

static bool is_named(const char *pid, const char *name)
{
	char path[300], line[32] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	if (fgets(line, sizeof(line), f) != NULL)
		line[strcspn(line, "\n")] = '\0';
	fclose(f);
	return strcmp(line, name) == 0;
}

bool port_environment_modem_manager(char text[static HOLDER_TEXT])
{
	static const char name[] = "ModemManager";
	DIR *proc = opendir("/proc");
	struct dirent *d;
	bool found = false;

	text[0] = '\0';
	while (!found && proc != NULL && (d = readdir(proc)) != NULL) {
		if (!isdigit((unsigned char)d->d_name[0]) ||
		    !is_named(d->d_name, name))
			continue;
		snprintf(text, HOLDER_TEXT, "%s (pid %ld)", name,
			 strtol(d->d_name, NULL, 10));
		found = true;
	}
	if (proc != NULL)
		closedir(proc);
	return found;
}

/*
 * Does this line of udev's database say so, such as "E:ID_MM_DEVICE_IGNORE=1"?
 */
static bool tells(const char *line)
{
	static const char *const rules[] = {
		"E:ID_MM_DEVICE_IGNORE=1",
		"E:ID_MM_PORT_IGNORE=1",
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strncmp(line, rules[i], strlen(rules[i])) == 0)
			return true;
	return false;
}

bool port_environment_is_told(const char *device)
{
	char path[64], line[512];
	bool told = false;
	struct stat st;
	FILE *f;

	if (stat(device, &st) < 0 || !S_ISCHR(st.st_mode))
		return false;
	snprintf(path, sizeof(path), "/run/udev/data/c%u:%u", major(st.st_rdev),
		 minor(st.st_rdev));
	f = fopen(path, "re");
	if (f == NULL)
		return false;
	while (!told && fgets(line, sizeof(line), f) != NULL)
		told = tells(line);
	fclose(f);
	return told;
}

bool port_environment_stable_name(const char *device, char *path, size_t size)
{
	char real[PATH_MAX], other[PATH_MAX];
	bool found = false;
	glob_t g;

	if (realpath(device, real) == NULL ||
	    glob("/dev/serial/by-id/*", 0, NULL, &g) != 0)
		return false;
	for (size_t i = 0; i < g.gl_pathc && !found; i++) {
		found = realpath(g.gl_pathv[i], other) != NULL &&
			strcmp(real, other) == 0 &&
			strlen(g.gl_pathv[i]) < size;
		if (found)
			snprintf(path, size, "%s", g.gl_pathv[i]);
	}
	globfree(&g);
	return found;
}
