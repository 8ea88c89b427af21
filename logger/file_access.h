/* Who may read a file, by its owner, its mode and its access list. */
#ifndef LOGGER_FILE_ACCESS_H
#define LOGGER_FILE_ACCESS_H

#include <stdbool.h>

enum { FILE_ACCESS_TEXT = 64 }; /* bytes of `who`, NUL included */

/*
 * May anybody read or write the open file `fd` but root and this process's
 * user? Root's own process takes a file that one user may read, whoever that
 * is: the service's. true: `who` names one, as "user bob" or "everybody". So
 * root:p1logger 0440 is fine while nobody else is in that group, and so are
 * systemd's credentials: root's, with an entry for the service's user in the
 * access list. Source of the list's form: linux/posix_acl_xattr.h.
 */
bool file_access_more(int fd, char who[static FILE_ACCESS_TEXT]);

#endif
