/*
 * Is the database still the file at its path? A person or a program may remove,
 * rename, replace or overwrite it under a writer, and SQLite does not notice:
 * the writer keeps using the file that it has open. This is detected by device
 * and inode, of the file and of the -wal and -shm files beside it, and by the
 * time at which the file was written.
 */
#ifndef STORAGE_JOURNAL_DATABASE_REPLACED_H
#define STORAGE_JOURNAL_DATABASE_REPLACED_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "base/err.h"

enum { DATABASE_REPLACED_BESIDE = 2 }; /* -wal and -shm */

struct database_replaced {
	char *path; /* owned */
	int file;   /* an O_PATH descriptor of the opened file; -1 if none */
	struct file_id {
		dev_t device;
		ino_t inode; /* 0: it did not exist */
	} beside[DATABASE_REPLACED_BESIDE];
	struct timespec written; /* time at which we last wrote the file */
	off_t size;		 /* its size at that time */
};

enum standing {
	STANDING_SAME,
	STANDING_TOUCHED, /* the same file, but another process wrote to it, or
			     removed or replaced what lies beside it */
	STANDING_RENAMED, /* it has another name now */
	STANDING_REMOVED, /* it no longer has a name */
};

/*
 * Remember the file at `path`, which was just opened. Returns 0 or a negative
 * code.
 */
int database_replaced_open(struct database_replaced *id, const char *path,
			   struct err *e);
void database_replaced_close(struct database_replaced *id); /* safe if zeroed */

/* Record that everything written up to now was written by us. */
void database_replaced_written(struct database_replaced *id);

/*
 * What happened to the file? Returns STANDING_SAME if that cannot be determined
 * now.
 */
enum standing database_replaced_look(const struct database_replaced *id);

/* The current path of the file; "" if it was removed. */
void database_replaced_name(const struct database_replaced *id, char *path,
			    size_t size);

/*
 * Remove the -wal and -shm files at the path if they belong to the file that
 * was there: another file must not get their content.
 */
void database_replaced_clear_beside(const struct database_replaced *id);

#endif
