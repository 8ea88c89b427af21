/*
 * Compress a file to a .gz beside it, in small steps, so that nothing waits for
 * a day's 80 megabytes. The plain file is deleted once the .gz is on disk;
 * until then a failure leaves it unchanged. If the plain file disappears first,
 * no .gz is left.
 */
#ifndef FORWARD_GZIP_STEP_H
#define FORWARD_GZIP_STEP_H

#include "base/err.h"
#include "forward/daily_file_names.h"

struct gzip_step;

/* Start. Returns NULL and sets *e if the .gz cannot be created. */
struct gzip_step *gzip_step_begin(const char *path, struct err *e);

/*
 * Do one step. Returns the milliseconds until the next one, 0 when done, or a
 * negative code. In the last two cases, free *s.
 */
int gzip_step_run(struct gzip_step *s, struct err *e);

/* Discards an unfinished .gz. NULL is fine. */
void gzip_step_free(struct gzip_step *s);

#endif
