#include "logger/port/find_ports.h"

#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const patterns[] = {
	"/dev/serial/by-id/*",
	"/dev/ttyUSB*",
	"/dev/ttyACM*",
};

/* Is the device of `path` already among the n found, under another name? */
static bool known(const char *path, char paths[][FIND_PATH], size_t n)
{
	char device[PATH_MAX], other[PATH_MAX];

	if (realpath(path, device) == NULL)
		return true;
	for (size_t i = 0; i < n; i++)
		if (realpath(paths[i], other) != NULL &&
		    strcmp(device, other) == 0)
			return true;
	return false;
}

static size_t add(const char *pattern, char paths[][FIND_PATH], size_t n,
		  size_t max)
{
	glob_t g;

	if (glob(pattern, 0, NULL, &g) != 0)
		return n;
	for (size_t i = 0; i < g.gl_pathc && n < max; i++)
		if (strlen(g.gl_pathv[i]) < FIND_PATH &&
		    !known(g.gl_pathv[i], paths, n))
			snprintf(paths[n++], FIND_PATH, "%s", g.gl_pathv[i]);
	globfree(&g);
	return n;
}

size_t find_ports(char paths[][FIND_PATH], size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		n = add(patterns[i], paths, n, max);
	return n;
}
