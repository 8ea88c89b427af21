/*
 * The one place where the programs make and open files for writing. A person
 * tries things with sudo before a service or cron takes over: what root makes
 * belongs to the owner and group of its folder, from its first moment, or it
 * would lock them out; and no link that they left there leads root elsewhere
 * (base/safe_path.h).
 *
 * All functions set errno as a system call does; all descriptors are O_CLOEXEC.
 */
#ifndef BASE_SAFE_FILE_H
#define BASE_SAFE_FILE_H

#include <sys/types.h>

#include "base/safe_path.h"

/*
 * Open the file at `path` with the flags of open(2). With O_CREAT one that is
 * not there is made with the mode `mode`, whatever the umask says. The
 * descriptor, or -1.
 */
int safe_file_open(const char *path, int flags, mode_t mode);

/*
 * Make the file `name` in the folder of `p`, where no file, link or other thing
 * may have that name: O_EXCL. The descriptor, or -1.
 */
int safe_file_make(const struct safe_path *p, const char *name, int flags,
		   mode_t mode);

/* Open the folder at `path`, to read and sync it. The descriptor, or -1. */
int safe_file_folder(const char *path);

/* Make the folder at `path`, with the mode `mode`. 0, or -1: EEXIST ... */
int safe_file_make_folder(const char *path, mode_t mode);

/* Remove the file, or the link, at `path`. 0, or -1. */
int safe_file_remove(const char *path);

/*
 * For libraries that open files of the folder at `path` by their names: when
 * root runs the program, take on the rights of the folder's owner, for good. 0,
 * or -1.
 */
int safe_file_act_as_owner(const char *path);

/*
 * What a library or an older version made as root: give the file or folder at
 * `path` to the owner and group of its folder. Does nothing unless root asks
 * and it is root's, by no other name. 0, or -1.
 */
int safe_file_give(const char *path);

#endif
