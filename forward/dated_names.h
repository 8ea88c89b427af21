/*
 * Files named by strftime: the file for a time, and the list of existing files.
 * Names are in local time (base/localday.h).
 */
#ifndef FORWARD_DATED_NAMES_H
#define FORWARD_DATED_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATED_NAMES_PATH = 600 }; /* bytes of a path, NUL included */

/* Name of the file for the time utc. False: the name is empty or too long. */
bool dated_names_name(const char *pattern, int64_t utc,
		      char path[static DATED_NAMES_PATH]);

struct dated_names_file {
	char path[DATED_NAMES_PATH];
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
size_t dated_names_list(const char *pattern, struct dated_names_file **list);

#endif
