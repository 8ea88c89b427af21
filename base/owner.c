#include "base/owner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder that `path` is in, allocated; NULL when memory is short. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return strdup(".");
	return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

int owner_inherit(const char *path)
{
	struct stat folder_st, st;
	char *folder;
	int rc = -1;

	if (geteuid() != 0)
		return 0;
	folder = folder_of(path);
	if (folder != NULL && stat(folder, &folder_st) == 0 &&
	    lstat(path, &st) == 0)
		rc = st.st_uid != 0
			     ? 0
			     : lchown(path, folder_st.st_uid, folder_st.st_gid);
	free(folder);
	return rc;
}
