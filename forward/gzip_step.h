/*
 * A file into a .gz beside it, a little at a time, so that nobody waits for a
 * day's 80 megabytes. The plain file goes when the .gz has reached the disk;
 * whatever happens before that leaves the plain file as it was. When the plain
 * file is gone before that, there will be no .gz.
 */
#ifndef FORWARD_GZIP_STEP_H
#define FORWARD_GZIP_STEP_H

#include "base/err.h"
#include "forward/dated_files.h"

struct gzip_step;

/* Begin. NULL and *e when the .gz cannot be made. */
struct gzip_step *gzip_step_begin(const char *path, struct err *e);

/*
 * Do a little. Returns the milliseconds after which it wants to go on, 0 when
 * it is done, or a negative code. Free it after the last two.
 */
int gzip_step_step(struct gzip_step *s, struct err *e);

/* Also in the middle: then nothing of the .gz stays. NULL is fine. */
void gzip_step_free(struct gzip_step *s);

#endif
