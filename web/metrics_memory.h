/* The metrics of the database, cached until they can differ. */
#ifndef WEB_METRICS_MEMORY_H
#define WEB_METRICS_MEMORY_H

#include <stddef.h>
#include <stdint.h>

struct metrics_memory {
	char *text; /* malloc'd; NULL if none */
	size_t n;
	int64_t version; /* of the data: query_version */
	int64_t last;	 /* newest reading in it, UTC; 0 if none */
	int64_t quarter; /* in which the peak was searched, since 1970 */
	int64_t peak_w;	 /* -1: unknown */
};

/* Forget the text: the database is closed, or has changed. */
void metrics_memory_forget(struct metrics_memory *m);

#endif
