#include "logger/file_access.h"

#include <endian.h>
#include <grp.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { LIST_MAX = 4096, READ_OR_WRITE = 6, GROUP_SHIFT = 3 };

/* Search for one additional reader. */
struct search {
	bool found;
	bool has_one; /* one user besides root may read it */
	uid_t one;
	char *who;
};

static void say(struct search *s, const char *kind, const char *name)
{
	s->found = true;
	snprintf(s->who, FILE_ACCESS_TEXT, "%s%s%s", kind, *name ? " " : "",
		 name);
}

static void add_user(struct search *s, uid_t uid)
{
	const struct passwd *p;

	if (s->found || uid == 0 || (s->has_one && uid == s->one))
		return;
	if (!s->has_one) {
		s->has_one = true;
		s->one = uid;
		return;
	}
	p = getpwuid(uid);
	say(s, "user", p != NULL ? p->pw_name : "without a name");
}

/* Add the group's members, and the users whose primary group it is. */
static void add_group(struct search *s, gid_t gid)
{
	const struct group *g = getgrgid(gid);
	const struct passwd *p;

	for (char **name = g != NULL ? g->gr_mem : NULL;
	     name != NULL && *name != NULL; name++) {
		p = getpwnam(*name);
		if (p != NULL)
			add_user(s, p->pw_uid);
	}
	setpwent();
	while (!s->found && (p = getpwent()) != NULL)
		if (p->pw_gid == gid)
			add_user(s, p->pw_uid);
	endpwent();
}

/* In an ACL the mode's group bits are the mask. */
static void add_entry(struct search *s, const struct posix_acl_xattr_entry *e,
		      const struct stat *st)
{
	unsigned mask = st->st_mode >> GROUP_SHIFT & READ_OR_WRITE;

	if ((le16toh(e->e_perm) & mask) == 0)
		return;
	switch (le16toh(e->e_tag)) {
	case ACL_USER:
		add_user(s, le32toh(e->e_id));
		break;
	case ACL_GROUP:
		add_group(s, le32toh(e->e_id));
		break;
	case ACL_GROUP_OBJ:
		add_group(s, st->st_gid);
		break;
	}
}

/* Returns false if there is no ACL. */
static bool add_list(struct search *s, int fd, const struct stat *st)
{
	char list[LIST_MAX];
	ssize_t n =
		fgetxattr(fd, "system.posix_acl_access", list, sizeof(list));
	struct posix_acl_xattr_entry e;

	if (n <= 0)
		return false;
	for (size_t at = sizeof(struct posix_acl_xattr_header);
	     at + sizeof(e) <= (size_t)n; at += sizeof(e)) {
		memcpy(&e, list + at, sizeof(e));
		add_entry(s, &e, st);
	}
	return true;
}

bool file_access_more(int fd, char who[static FILE_ACCESS_TEXT])
{
	struct search s = { .who = who };
	struct stat st;

	if (fstat(fd, &st) < 0)
		return false;
	if (geteuid() != 0)
		add_user(&s, geteuid());
	if (st.st_mode & (S_IROTH | S_IWOTH))
		say(&s, "everybody", "");
	add_user(&s, st.st_uid);
	if (!add_list(&s, fd, &st) && (st.st_mode & (S_IRGRP | S_IWGRP)))
		add_group(&s, st.st_gid);
	return s.found;
}
