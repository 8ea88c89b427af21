#include "base/file_owner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder that contains `path`, allocated; NULL if out of memory. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Columns of uid_map: first user inside, first user outside, count. */
static bool is_in_namespace(uid_t user)
{
	FILE *map = fopen("/proc/self/uid_map", "re");
	unsigned long first, outside, count;
	bool found = false;

	while (map != NULL && !found &&
	       fscanf(map, "%lu %lu %lu", &first, &outside, &count) == 3)
		found = user >= first && user - first < count;
	if (map != NULL)
		fclose(map);
	return found;
}

bool file_owner_is(const char *path, uid_t user)
{
	char *folder = NULL;
	struct stat st;
	bool known = stat(path, &st) == 0;

	if (!known && (folder = folder_of(path)) != NULL)
		known = stat(folder, &st) == 0;
	free(folder);
	if (!is_in_namespace(user))
		return false;
	return user == 0 || (known && user == st.st_uid);
}
