/*
 * Is the database still the file at its path? A person or a program may remove,
 * rename, replace or overwrite it under a writer, and SQLite does not notice:
 * the writer keeps using the file that it has open. This is detected by device
 * and inode, of the file and of the -wal and -shm files beside it, and by the
 * time at which the file was written.
 */
#ifndef STORAGE_JOURNAL_FILE_IDENTITY_H
#define STORAGE_JOURNAL_FILE_IDENTITY_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "base/err.h"

enum { FILE_IDENTITY_BESIDE = 2 }; /* -wal and -shm */

struct file_identity {
	char *path; /* owned */
	int file;   /* an O_PATH descriptor of the opened file; -1: none */
	struct file_id {
		dev_t device;
		ino_t inode; /* 0: it did not exist */
	} beside[FILE_IDENTITY_BESIDE];
	struct timespec written; /* time at which we last wrote the file */
	off_t size;		 /* its size at that time */
};

enum standing {
	STANDING_SAME,
	STANDING_TOUCHED, /* the same file, but another one wrote to it, or
	                     removed or replaced what lies beside it */
	STANDING_RENAMED, /* it has another name now */
	STANDING_REMOVED, /* it no longer has a name */
};

/*
 * Remember the file at `path`, which was just opened. Returns 0 or a negative
 * code.
 */
int file_identity_open(struct file_identity *id, const char *path,
		       struct err *e);
void file_identity_close(struct file_identity *id); /* safe if zeroed */

/* Note that everything written up to now was written by us. */
void file_identity_note(struct file_identity *id);

/*
 * What happened to the file? Returns STANDING_SAME if that cannot be determined
 * now.
 */
enum standing file_identity_look(const struct file_identity *id);

/* The current path of the file; "" if it was removed. */
void file_identity_name(const struct file_identity *id, char *path,
			size_t size);

/*
 * Remove the -wal and -shm files at the path if they belong to the file that
 * was there: another file must not get their content.
 */
void file_identity_clear_beside(const struct file_identity *id);

#endif
