/*
 * Where a file is: its folder, open, and its name in that. A folder may belong
 * to another user than the program runs as, who may put a symbolic link, or
 * another folder, in the place of any name there at any moment. So a path is
 * walked once, one name at a time, from one open folder to the next, and what
 * is done later is done in the folder that was found.
 *
 * Links are followed, but for one case: when root runs the program, a link that
 * another user made must lead into a folder of that user's. So no user makes
 * root write where only root may.
 *
 * All functions set errno as a system call does; ELOOP stands for a link that is
 * not followed.
 */
#ifndef BASE_SAFE_PATH_H
#define BASE_SAFE_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct safe_path {
	int folder;		 /* an O_PATH descriptor; -1: closed */
	char name[NAME_MAX + 1]; /* in it; "." for the folder itself */
	bool of_proc; /* a link of /proc: the system alone knows where to */
	bool bound;   /* root came here by a link of the user `by` ... */
	uid_t by;     /* ... whose all must be that is opened */
};

/*
 * Walk to `path`. All folders on the way must be there, the last name need not.
 * With `follow` a last name that is a link gives way to what it leads to, also
 * when nothing is there; without, it is the link itself. 0, or -1.
 */
int safe_path_find(struct safe_path *p, const char *path, bool follow);
void safe_path_close(struct safe_path *p); /* keeps errno */

/*
 * May root use what is in the open folder, p->folder or the one that has the
 * name in it? A file is of whom its folder is of, who may exchange it.
 */
bool safe_path_allows(const struct safe_path *p, int folder);

/*
 * The file's path without any link, of less than `size` bytes. 0, or -1:
 * ENAMETOOLONG; ENOENT when the folder was removed; ELOOP as above.
 */
int safe_path_text(const struct safe_path *p, char *text, size_t size);

#endif
