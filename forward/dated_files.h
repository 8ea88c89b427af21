/*
 * Files named by strftime: which one an instant belongs to, and which of them
 * are there. Names are in local time; base/localday.h has the zone.
 */
#ifndef FORWARD_DATED_FILES_H
#define FORWARD_DATED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATED_FILES_PATH = 600 }; /* bytes of a path, NUL included */

/* The file of the instant utc. False: the name is empty or too long. */
bool dated_files_name(const char *pattern, int64_t utc,
		      char path[static DATED_FILES_PATH]);

struct dated_files_file {
	char path[DATED_FILES_PATH];
	bool gzipped;  /* ".gz" behind its name */
	int64_t since; /* what its name says, to sort by */
	int64_t size;  /* bytes */
};

/*
 * All files there whose names this pattern gives, plain and gzipped, oldest
 * first, into *list, to be freed by the caller; returns how many. A name is one
 * of ours only when reading it back by the pattern and writing it again gives
 * the same name: nobody else's file is ever touched.
 */
size_t dated_files_list(const char *pattern, struct dated_files_file **list);

#endif
