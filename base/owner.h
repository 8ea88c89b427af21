/*
 * Whose a new file is. A person tries things with sudo before a service or cron
 * takes over; what root made must not lock that user out.
 */
#ifndef BASE_OWNER_H
#define BASE_OWNER_H

/*
 * Give the file or folder at `path` to the owner and group of the folder it is
 * in. Does nothing unless root asks and `path` is root's. 0, or -1 with errno.
 */
int owner_inherit(const char *path);

#endif
