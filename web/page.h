/*
 * The page and what else is the same for everyone: files that are part of the
 * program, and the charts' library where Debian puts it.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdio.h>

#include "base/err.h"

/* The MIME type of what is under `path`, NULL: nothing is. */
const char *page_type(const char *path);

/* Write what is under `path` to `out`. ERR_ABSENT when its file is not there. */
int page_write(const char *path, FILE *out, struct err *e);

#endif
