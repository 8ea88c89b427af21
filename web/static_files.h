/*
 * Static files: the page, which is embedded in the program, with the chart
 * library, as installed by Debian, in front of its script and style. Each is
 * read and compressed when it is first asked for.
 */
#ifndef WEB_STATIC_FILES_H
#define WEB_STATIC_FILES_H

#include <stdbool.h>

#include "base/err.h"

struct response_body;

/* MIME type of `path`, or NULL if there is no such file. */
const char *static_files_type(const char *path);

/*
 * Return the file at `path` with its ETag, compressed if `gzip`, held for the
 * caller. Returns NULL and sets *e: ERR_ABSENT if there is no such file,
 * ERR_FAILED if out of memory.
 */
struct response_body *static_files_take(const char *path, bool gzip,
					struct err *e);

void static_files_close(void); /* frees what was read */

#endif
