/*
 * Resolve a path to an open folder and a name in it. A folder may belong to
 * another user, who can replace any name there with a symbolic link or another
 * folder at any moment. So a path is walked once, name by name, from one open
 * folder to the next, and all later work happens in the folder that was found.
 *
 * Links are followed with one exception: if root runs the program, a link made
 * by another user must lead into a folder of that user, so that nobody makes
 * root write where only root may.
 *
 * All functions set errno like a system call; ELOOP means a link that is not
 * followed.
 */
#ifndef BASE_SAFE_PATH_H
#define BASE_SAFE_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct safe_path {
	int folder;		 /* an O_PATH descriptor; -1: closed */
	char name[NAME_MAX + 1]; /* in the folder; "." for the folder itself */
	bool of_proc; /* a link in /proc: only the kernel can resolve it */
	bool bound;   /* root followed a link of user `by` ... */
	uid_t by;     /* ... and may open only that user's files */
};

/*
 * Walk to `path`. All its folders must exist; the last name need not. With
 * `follow` a last name that is a link is resolved, even if the target is
 * missing; without it, the link itself is found. Returns 0, or -1.
 */
int safe_path_find(struct safe_path *p, const char *path, bool follow);
void safe_path_close(struct safe_path *p); /* keeps errno */

/*
 * May root use the contents of the open `folder`: p->folder, or the folder of
 * that name in it? A file counts as owned by its folder's owner, who can
 * replace it.
 */
bool safe_path_allows(const struct safe_path *p, int folder);

/*
 * The file's path without links, in less than `size` bytes. Returns 0, or -1:
 * ENAMETOOLONG; ENOENT if the folder was removed; ELOOP as above.
 */
int safe_path_text(const struct safe_path *p, char *text, size_t size);

#endif
