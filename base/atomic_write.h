/*
 * Files that are replaced as a whole: a reader of one, also after a power cut,
 * finds what it was before or what it is now. Each is made beside its place,
 * under another name, as safe_file_make makes files: with the owner of its
 * folder, and through no link.
 */
#ifndef BASE_ATOMIC_WRITE_H
#define BASE_ATOMIC_WRITE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/safe_path.h"

/* A file on its way; the fields are atomic_write.c's, but for `fd`. */
struct atomic_file {
	int fd; /* to write to; -1: not open */
	const char *path;
	struct safe_path place;
	char temporary[NAME_MAX + 1]; /* its name in place.folder */
};

/*
 * Begin a file that is to replace the one at `path` (borrowed), with the mode
 * `mode`. Until then it has the same name with `suffix` behind, and what had
 * that name is gone; so two programs that write the same file at once need two
 * suffixes. A link at `path` is followed with `follow`, else replaced. 0 or
 * ERR_CREATE; then there is nothing to end.
 */
int atomic_begin(struct atomic_file *f, const char *path, const char *suffix,
		 mode_t mode, bool follow, struct err *e);

/*
 * End it: all is on the disk, and it has its name. 0, or ERR_IO or ERR_CREATE:
 * what was at the path is untouched, and the new file is gone.
 */
int atomic_end(struct atomic_file *f, struct err *e);

/* Do without it; for one that has not begun, or has ended, nothing. */
void atomic_abandon(struct atomic_file *f);

/* The three in one: n bytes, by way of `path`.new; a link is replaced. */
int atomic_write(const char *path, mode_t mode, const void *bytes, size_t n,
		 struct err *e);

/* Write all n bytes to a descriptor. 0, or -1 with errno. */
int write_all(int fd, const char *bytes, size_t n);

/*
 * Bring the folder that holds `path` to the disk: a name is there for good
 * only then. 0 or ERR_IO.
 */
int atomic_sync_name(const char *path, struct err *e);

#endif
