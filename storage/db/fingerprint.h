/*
 * What a database contains, in a few lines, to check whether a copy is
 * complete.
 */
#ifndef STORAGE_DB_FINGERPRINT_H
#define STORAGE_DB_FINGERPRINT_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

struct fingerprint {
	int64_t rows;	/* in all tables but meta */
	int64_t newest; /* UTC of the newest reading; INT64_MIN if none */
	char *text;	/* one line for each table and each last counter */
};

/*
 * Collect it from one state: the caller is in a transaction, or nobody writes.
 * Returns 0 or a negative code; call fingerprint_free in either case.
 */
int fingerprint_of(struct fingerprint *f, sqlite3 *db, struct err *e);
void fingerprint_free(struct fingerprint *f); /* safe if zeroed */

/*
 * Find only the newest reading; INT64_MIN if none. Returns 0 or a negative
 * code.
 */
int fingerprint_newest(sqlite3 *db, int64_t *ts, struct err *e);

/*
 * Find only the newest reading that a meter sent, ignoring those that a person
 * entered.
 */
int fingerprint_newest_sent(sqlite3 *db, int64_t *ts, struct err *e);

/* Find the oldest reading; INT64_MAX if none. Returns 0 or a negative code. */
int fingerprint_oldest(sqlite3 *db, int64_t *ts, struct err *e);

/* Returns 0, or ERR_IO; *e then names the first line that differs. */
int fingerprint_same(const struct fingerprint *source,
		     const struct fingerprint *copy, struct err *e);

#endif
