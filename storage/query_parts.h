/* What the files of storage/query share. */
#ifndef STORAGE_QUERY_PARTS_H
#define STORAGE_QUERY_PARTS_H

#include "storage/query.h"
#include "storage/stmt.h"

struct query {
	sqlite3 *db;
	struct query_limits limits;
	int64_t until_ms; /* monotonic: the end of this question's time */
};

/* The time of a question begins; and what became of it: 0, or a code. */
void query_begin(struct query *q);
int query_end(const struct query *q, int rc, struct err *e);

/*
 * The rows of a SELECT, as an array of JSON objects or as CSV, with up to three
 * numbers for ?1, ?2, ?3.
 */
int query_rows(struct query *q, const char *select, const int64_t v[3],
	       enum query_form form, FILE *out, struct err *e);

/* The one text that a statement gives, if it gives one. */
int query_text(struct query *q, struct stmt *s, FILE *out, struct err *e);

#endif
