/*
 * A file into a .gz beside it, a little at a time, so that nobody waits for a
 * day's 80 megabytes. The plain file goes when the .gz has reached the disk;
 * whatever happens before that leaves the plain file as it was. When the plain
 * file is gone before that, there will be no .gz.
 */
#ifndef FORWARD_SQUEEZE_H
#define FORWARD_SQUEEZE_H

#include "base/err.h"
#include "forward/daily.h"

struct squeeze;

/* Begin. NULL and *e when the .gz cannot be made. */
struct squeeze *squeeze_begin(const char *path, struct err *e);

/*
 * Do a little. Returns the milliseconds after which it wants to go on, 0 when
 * it is done, or a negative code. Free it after the last two.
 */
int squeeze_step(struct squeeze *s, struct err *e);

/* Also in the middle: then nothing of the .gz stays. NULL is fine. */
void squeeze_free(struct squeeze *s);

#endif
