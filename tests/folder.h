/* A temporary folder for a test: fixtures for cmocka_run_group_tests. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/p1test.XXXXXX";

/* The path of a file in it, valid until the next call. */
static const char *in_folder(const char *name)
{
	static char path[sizeof(folder) + 256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

/* Remove it with the files in it. */
static int remove_folder(void **state)
{
	DIR *dir = opendir(folder);
	const struct dirent *d;

	(void)state;
	while (dir != NULL && (d = readdir(dir)) != NULL)
		if (d->d_name[0] != '.')
			unlink(in_folder(d->d_name));
	if (dir != NULL)
		closedir(dir);
	return rmdir(folder);
}

#endif
