/*
 * Static files: the page, which is embedded in the program, and in front of its
 * script and style the chart library as installed by Debian. Each is read and
 * compressed when it is first asked for.
 */
#ifndef WEB_STATIC_FILES_H
#define WEB_STATIC_FILES_H

#include <stdbool.h>

#include "base/err.h"

struct response_body;

/* MIME type of `path`; NULL: no such file. */
const char *static_files_type(const char *path);

/*
 * Return the file at `path` with its ETag, compressed if `gzip`, held for the
 * caller. NULL and *e: ERR_ABSENT, no such file; ERR_FAILED, out of memory.
 */
struct response_body *static_files_take(const char *path, bool gzip,
					struct err *e);

void static_files_close(void); /* frees what was read */

#endif
