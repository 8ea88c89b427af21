/* Find out who can read a file, by its owner, mode and ACL. */
#ifndef LOGGER_FILE_ACCESS_H
#define LOGGER_FILE_ACCESS_H

#include <stdbool.h>

enum { FILE_ACCESS_TEXT = 64 }; /* buffer size of `who`, NUL included */

/*
 * Can anyone except root and this process's user read or write the open file
 * `fd`? A process of root accepts a file that one other user can read: the
 * service's. Returns true and names one in `who`, "user bob" or "everybody". So
 * root:p1logger 0440 is fine while nobody else is in that group, and so are
 * systemd's credentials: owned by root, with an ACL entry for the service's
 * user. Source of the ACL format: linux/posix_acl_xattr.h.
 */
bool file_access_more(int fd, char who[static FILE_ACCESS_TEXT]);

#endif
