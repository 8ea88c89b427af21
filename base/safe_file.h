/*
 * The only code that creates files or opens them for writing. People try things
 * with sudo before a service or cron takes over: what root creates has the
 * owner of its folder from the first moment, so that it cannot lock the service
 * out; and no link left there leads root elsewhere (base/safe_path.h).
 *
 * All functions set errno like a system call; all descriptors are O_CLOEXEC.
 */
#ifndef BASE_SAFE_FILE_H
#define BASE_SAFE_FILE_H

#include <sys/types.h>

#include "base/safe_path.h"

/*
 * Open the file at `path` with open(2)'s flags. With O_CREAT a missing file is
 * created with exactly `mode`, regardless of the umask. Returns the descriptor,
 * or -1.
 */
int safe_file_open(const char *path, int flags, mode_t mode);

/*
 * Create `name` in the folder of `p`; nothing may have that name yet (O_EXCL).
 * Returns the descriptor, or -1.
 */
int safe_file_make(const struct safe_path *p, const char *name, int flags,
		   mode_t mode);

/*
 * Open the folder at `path` for reading and syncing. Returns the descriptor, or
 * -1.
 */
int safe_file_folder(const char *path);

/* Create the folder at `path` with `mode`. Returns 0, or -1. */
int safe_file_make_folder(const char *path, mode_t mode);

/* Remove the file or link at `path`. Returns 0, or -1. */
int safe_file_remove(const char *path);

/*
 * For libraries that open files in the folder at `path` by name: if root runs
 * the program, permanently take the rights of the folder's owner. Returns 0, or
 * -1.
 */
int safe_file_act_as_owner(const char *path);

/*
 * Change the owner and group of a file or folder that a library or an older
 * version created as root to those of its folder. Does nothing unless root runs
 * it on a file of root's that has a single name. Returns 0, or -1.
 */
int safe_file_give(const char *path);

#endif
