#define _GNU_SOURCE /* O_PATH */
#include "base/safe_path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { LINKS_MAX = 40 }; /* same as the kernel */

struct walk {
	int at; /* folder reached so far */
	int links;
	char todo[PATH_MAX]; /* names still to walk */
};

static int move_to(struct walk *w, int folder)
{
	if (folder < 0)
		return -1;
	close(w->at);
	w->at = folder;
	return 0;
}

/* Cut off the next name; "." if there is none. */
static int next_name(struct walk *w, char name[static NAME_MAX + 1])
{
	const char *start = w->todo + strspn(w->todo, "/");
	size_t n = strcspn(start, "/");
	const char *rest = start + n + strspn(start + n, "/");

	if (n > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, n > 0 ? start : ".", n > 0 ? n : 1);
	name[n > 0 ? n : 1] = '\0';
	memmove(w->todo, rest, strlen(rest) + 1);
	return 0;
}

/* Put a link's target before the remaining names. */
static int prepend(struct walk *w, const char *target)
{
	char all[2 * PATH_MAX];
	int n = snprintf(all, sizeof(all), "%s%s%s", target,
			 w->todo[0] != '\0' ? "/" : "", w->todo);

	if (n >= (int)sizeof(w->todo)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(w->todo, all, (size_t)n + 1);
	return target[0] != '/'
		       ? 0
		       : move_to(w,
				 open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
}

static int follow_link(struct walk *w, struct safe_path *p, uid_t owner)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(w->at, p->name, target, sizeof(target) - 1);

	if (n < 0)
		return -1;
	if (++w->links > LINKS_MAX) {
		errno = ELOOP;
		return -1;
	}
	target[n] = '\0';
	if (geteuid() == 0 && owner != 0 && !p->bound) {
		p->bound = true;
		p->by = owner;
	}
	return prepend(w, target);
}

static bool is_of_proc(int folder)
{
	struct statfs fs;

	return fstatfs(folder, &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
}

/* Walk one name. Returns 1 if it was the last one, 0 if more follow, or -1. */
static int step(struct walk *w, struct safe_path *p, bool follow)
{
	struct stat st;

	if (next_name(w, p->name) < 0)
		return -1;
	if (fstatat(w->at, p->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT && w->todo[0] == '\0' ? 1 : -1;
	if (S_ISLNK(st.st_mode) && is_of_proc(w->at)) {
		p->of_proc = w->todo[0] == '\0';
		return p->of_proc ? 1
				  : move_to(w, openat(w->at, p->name,
						      O_PATH | O_DIRECTORY |
							      O_CLOEXEC));
	}
	if (S_ISLNK(st.st_mode) && (follow || w->todo[0] != '\0'))
		return follow_link(w, p, st.st_uid);
	if (w->todo[0] == '\0')
		return 1;
	return move_to(w,
		       openat(w->at, p->name,
			      O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool safe_path_allows(const struct safe_path *p, int folder)
{
	struct stat st;

	return !p->bound || (fstat(folder, &st) == 0 && st.st_uid == p->by);
}

int safe_path_find(struct safe_path *p, const char *path, bool follow)
{
	/* The working directory may be closed to this user: use it only if told. */
	struct walk w = { .at = open(path[0] == '/' ? "/" : ".",
				     O_PATH | O_DIRECTORY | O_CLOEXEC) };
	int rc = w.at < 0 ? -1 : prepend(&w, path);
	int cause;

	*p = (struct safe_path){ .folder = -1 };
	if (rc == 0 && path[0] == '\0') {
		errno = ENOENT;
		rc = -1;
	}
	while (rc == 0)
		rc = step(&w, p, follow);
	if (rc > 0) {
		p->folder = w.at;
		return 0;
	}
	cause = errno;
	if (w.at >= 0)
		close(w.at);
	errno = cause;
	return -1;
}

void safe_path_close(struct safe_path *p)
{
	int cause = errno;

	if (p->folder >= 0)
		close(p->folder);
	p->folder = -1;
	errno = cause;
}

int safe_path_text(const struct safe_path *p, char *text, size_t size)
{
	char link[64], folder[PATH_MAX];
	const char *gone = " (deleted)";
	ssize_t n;

	if (!safe_path_allows(p, p->folder)) {
		errno = ELOOP;
		return -1;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", p->folder);
	n = readlink(link, folder, sizeof(folder) - 1);
	if (n < 0)
		return -1;
	folder[n] = '\0';
	if ((size_t)n > strlen(gone) &&
	    strcmp(folder + (size_t)n - strlen(gone), gone) == 0) {
		errno = ENOENT;
		return -1;
	}
	if (snprintf(text, size, "%s%s%s", n > 1 ? folder : "", "/", p->name) >=
	    (int)size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return 0;
}
