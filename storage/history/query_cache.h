/* Cached results of queries, valid until somebody writes to the database. */
#ifndef STORAGE_HISTORY_QUERY_CACHE_H
#define STORAGE_HISTORY_QUERY_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	QUERY_ANSWERS = 8,
	QUERY_ANSWERS_SIZE = 4 << 20, /* bytes of all of them: a year by hour */
};

/* A query, and SQLite's data_version. */
struct query_question {
	const char *sql; /* identified by its address; NULL if unused */
	int64_t v[3];
	bool csv;
	int64_t version;
};

struct query_cache {
	struct query_answer {
		struct query_question to;
		char *text; /* malloc'd */
		size_t n;
	} answer[QUERY_ANSWERS];
	int next; /* index of the next one to replace */
};

/*
 * Find the result of a query in this version. Returns false if it is not
 * cached.
 */
bool query_cache_find(const struct query_cache *m,
		      const struct query_question *to, struct span *text);

/* Cache a result in place of the oldest ones; frees it if it is too long. */
void query_cache_keep(struct query_cache *m, const struct query_question *to,
		      char *text, size_t n);

/* Drop all results. */
void query_cache_clear(struct query_cache *m);

#endif
