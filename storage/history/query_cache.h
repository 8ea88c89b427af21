/*
 * Answers that are still true, because nobody has written to the database since
 * they were made.
 */
#ifndef STORAGE_HISTORY_QUERY_CACHE_H
#define STORAGE_HISTORY_QUERY_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	QUERY_ANSWERS = 8,
	QUERY_ANSWERS_SIZE = 4 << 20, /* of all of them: a year by hour */
};

/* A question, and what SQLite calls the version of the data. */
struct query_question {
	const char *sql; /* known by its address; NULL: none */
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
	int next; /* the next of them to be replaced */
};

/* Find an answer of this version. Returns false if there is none. */
bool query_cache_find(const struct query_cache *m,
		      const struct query_question *to, struct span *text);

/* Keep an answer instead of the oldest ones; free it if it is too long. */
void query_cache_keep(struct query_cache *m, const struct query_question *to,
		      char *text, size_t n);

/* Forget all. */
void query_cache_clear(struct query_cache *m);

#endif
