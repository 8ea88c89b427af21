/* What a database holds, in a few lines: to tell whether a copy has it all. */
#ifndef STORAGE_DB_FACTS_H
#define STORAGE_DB_FACTS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

struct facts {
	int64_t rows;	/* of all tables but meta */
	int64_t newest; /* UTC of the newest reading; INT64_MIN: none */
	char *text;	/* one line for each table and each last counter */
};

/*
 * Collect them of one state: the caller is in a transaction, or nobody writes.
 * 0 or a negative code; facts_free in either case.
 */
int facts_of(struct facts *f, sqlite3 *db, struct err *e);
void facts_free(struct facts *f); /* also of a zeroed one */

/* The newest reading alone; INT64_MIN: none. 0 or a negative code. */
int facts_newest(sqlite3 *db, int64_t *ts, struct err *e);

/* The oldest reading; INT64_MAX: none. 0 or a negative code. */
int facts_oldest(sqlite3 *db, int64_t *ts, struct err *e);

/* 0, or ERR_IO with the first line that is not the same. */
int facts_same(const struct facts *source, const struct facts *copy,
	       struct err *e);

#endif
