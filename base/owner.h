/* Who may speak for a file: the user that it belongs to. */
#ifndef BASE_OWNER_H
#define BASE_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * May `user` speak for the file at `path`? Its owner may, and root; while it is
 * not there, the owner of its folder. No other user may where this process
 * cannot tell users apart, in a user namespace that lacks the owner
 * (user_namespaces(7)): all those who are not in it look like one.
 */
bool owner_is(const char *path, uid_t user);

#endif
