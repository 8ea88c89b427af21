#define _GNU_SOURCE /* O_PATH */
#include "storage/journal/database_replaced.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"

static const char *const suffixes[DATABASE_REPLACED_BESIDE] = { "-wal",
								"-shm" };

static bool is(const struct file_id *id, const struct stat *st)
{
	return id->inode == st->st_ino && id->device == st->st_dev;
}

static char *beside(char path[static PATH_MAX],
		    const struct database_replaced *id, int i)
{
	snprintf(path, PATH_MAX, "%s%s", id->path, suffixes[i]);
	return path;
}

void database_replaced_written(struct database_replaced *id)
{
	char path[PATH_MAX];
	struct stat st;

	/* If a file existed and is gone now, another program removed it. */
	for (int i = 0; i < DATABASE_REPLACED_BESIDE; i++) {
		if (id->beside[i].inode == 0 &&
		    stat(beside(path, id, i), &st) == 0)
			id->beside[i] =
				(struct file_id){ st.st_dev, st.st_ino };
	}
	if (fstat(id->file, &st) == 0) {
		id->written = st.st_mtim;
		id->size = st.st_size;
	}
}

int database_replaced_open(struct database_replaced *id, const char *path,
			   struct err *e)
{
	*id = (struct database_replaced){ .file = -1, .path = strdup(path) };
	if (id->path == NULL)
		return err_memory(e);
	/* O_PATH: closing another descriptor would drop SQLite's locks. */
	id->file = open(path, O_PATH | O_CLOEXEC);
	if (id->file < 0)
		return err_errno(e, ERR_CREATE, "opening it");
	database_replaced_written(id);
	return 0;
}

void database_replaced_close(struct database_replaced *id)
{
	if (id->path != NULL && id->file >= 0)
		close(id->file);
	free(id->path);
	*id = (struct database_replaced){ .file = -1 };
}

static bool is_touched(const struct database_replaced *id,
		       const struct stat *file)
{
	char path[PATH_MAX];
	struct stat st;

	if (file->st_size != id->size ||
	    file->st_mtim.tv_sec != id->written.tv_sec ||
	    file->st_mtim.tv_nsec != id->written.tv_nsec)
		return true;
	for (int i = 0; i < DATABASE_REPLACED_BESIDE; i++) {
		if (id->beside[i].inode == 0)
			continue;
		if (stat(beside(path, id, i), &st) == 0
			    ? !is(&id->beside[i], &st)
			    : errno == ENOENT)
			return true;
	}
	return false;
}

enum standing database_replaced_look(const struct database_replaced *id)
{
	struct stat file, st;

	if (fstat(id->file, &file) < 0)
		return STANDING_SAME;
	if (stat(id->path, &st) == 0) {
		const struct file_id ours = { file.st_dev, file.st_ino };

		if (is(&ours, &st))
			return is_touched(id, &file) ? STANDING_TOUCHED
						     : STANDING_SAME;
	} else if (errno != ENOENT) {
		return STANDING_SAME;
	}
	return file.st_nlink > 0 ? STANDING_RENAMED : STANDING_REMOVED;
}

void database_replaced_name(const struct database_replaced *id, char *path,
			    size_t size)
{
	char link[64];
	struct stat st;
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", id->file);
	n = readlink(link, path, size - 1);
	path[n > 0 ? n : 0] = '\0';
	if (fstat(id->file, &st) == 0 && st.st_nlink == 0)
		path[0] = '\0';
}

void database_replaced_clear_beside(const struct database_replaced *id)
{
	char path[PATH_MAX];
	struct stat st;

	for (int i = 0; i < DATABASE_REPLACED_BESIDE; i++)
		if (stat(beside(path, id, i), &st) == 0 &&
		    is(&id->beside[i], &st))
			safe_file_remove(path);
}
