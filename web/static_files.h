/*
 * Static files: the page, which is embedded in the program, and the chart
 * library as installed by Debian.
 */
#ifndef WEB_STATIC_FILES_H
#define WEB_STATIC_FILES_H

#include <stdio.h>

#include "base/err.h"

/* MIME type of `path`; NULL: no such file. */
const char *static_files_type(const char *path);

/* Write the file at `path` to `out`. ERR_ABSENT if it is not installed. */
int static_files_write(const char *path, FILE *out, struct err *e);

#endif
