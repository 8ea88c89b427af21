/*
 * Files named by strftime: the file for a time, and the list of existing files.
 * Names are in local time (base/localday.h).
 */
#ifndef FORWARD_DAILY_FILE_NAMES_H
#define FORWARD_DAILY_FILE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DAILY_FILE_PATH = 600 }; /* bytes of a path, NUL included */

/*
 * Name the file for the time utc. Returns false if the name is empty or too
 * long.
 */
bool daily_file_name(const char *pattern, int64_t utc,
		     char path[static DAILY_FILE_PATH]);

struct daily_file {
	char path[DAILY_FILE_PATH];
	bool gzipped;  /* name ends with ".gz" */
	int64_t since; /* time in its name, for sorting */
	int64_t size;  /* bytes */
};

/*
 * List all existing files that match the pattern, plain and gzipped, oldest
 * first. *list is freed by the caller; returns the count. A name matches only
 * if parsing it by the pattern and formatting the result gives the same name,
 * so no foreign file is ever touched.
 */
size_t daily_file_list(const char *pattern, struct daily_file **list);

#endif
