/* Authorise requests about a file by its owner. */
#ifndef BASE_FILE_OWNER_H
#define BASE_FILE_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * May `user` act on the file at `path`? True for its owner and root; while the
 * file does not exist, for the owner of its folder. False for all others in a
 * user namespace that does not map the owner (user_namespaces(7)), where
 * unmapped users all look the same.
 */
bool file_owner_is(const char *path, uid_t user);

#endif
