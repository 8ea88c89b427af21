/*
 * Replace files atomically: a reader finds the old content or the new, even
 * after a power cut. The new file is written beside the old one under another
 * name and is made by safe_file_make: with the owner of its folder, and never
 * written through a link.
 */
#ifndef BASE_ATOMIC_WRITE_H
#define BASE_ATOMIC_WRITE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/safe_path.h"

/* A file being written. Callers use only `fd`. */
struct atomic_file {
	int fd; /* write here; -1: not open */
	const char *path;
	struct safe_path place;
	char temporary[NAME_MAX + 1]; /* name in place.folder */
};

/*
 * Start a file that will replace the one at `path` (borrowed), with the mode
 * `mode`. Until atomic_end it is named `path` plus `suffix`; a file that had
 * that name is removed, so two programs that may write the same file need
 * different suffixes. With `follow` a link at `path` is followed, else it is
 * replaced. Returns 0 or ERR_CREATE; after an error there is nothing to end.
 */
int atomic_begin(struct atomic_file *f, const char *path, const char *suffix,
		 mode_t mode, bool follow, struct err *e);

/*
 * Sync the file and give it its name. Returns 0, ERR_IO or ERR_CREATE; after an
 * error the old file is untouched and the new one removed.
 */
int atomic_end(struct atomic_file *f, struct err *e);

/* Discard the file. Does nothing if it was not started or has been ended. */
void atomic_abandon(struct atomic_file *f);

/*
 * Write a file of n bytes via `path`.new, replacing a link. Combines the three
 * calls above.
 */
int atomic_write(const char *path, mode_t mode, const void *bytes, size_t n,
		 struct err *e);

/* Write all n bytes to a descriptor. Returns 0, or -1 with errno. */
int write_all(int fd, const char *bytes, size_t n);

/*
 * Sync the folder that holds `path`; without this a new name may be lost in a
 * power cut. Returns 0 or ERR_IO.
 */
int atomic_sync_name(const char *path, struct err *e);

#endif
