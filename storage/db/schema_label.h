/* What a database file says about itself: its owner and its schema number. */
#ifndef STORAGE_DB_SCHEMA_LABEL_H
#define STORAGE_DB_SCHEMA_LABEL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	SCHEMA_APPLICATION = 0x70314c67, /* PRAGMA application_id: "p1Lg" */
	SCHEMA_VERSION = 7,   /* the newest that this program knows */
	SCHEMA_FIRST = 7,     /* the first release: the steps start from it */
	SCHEMA_CONVERTED = 5, /* before it; journal/convert converts it */
};

struct schema_label {
	int64_t application; /* PRAGMA application_id */
	int64_t version;     /* PRAGMA user_version */
	int64_t objects;     /* tables, views, indexes, triggers */
	int64_t ours;	     /* tables that identify a file as ours */
};

/* Read it in one query: another process may be making the tables right now. */
int schema_label_read(struct schema_label *l, sqlite3 *db, struct err *e);

/*
 * Read only the version of a file that was checked before: twenty times as
 * fast.
 */
int schema_label_version(sqlite3 *db, int64_t *version, struct err *e);

/* Was nothing ever written to the file? */
bool schema_label_is_empty(const struct schema_label *l);

/*
 * Can this program work with the file? Returns 0; ERR_CONFIG if it is not a
 * p1logger database, or a newer one, or one before SCHEMA_FIRST other than
 * SCHEMA_CONVERTED; ERR_DAMAGED if it is ours but has a version number that no
 * version wrote.
 */
int schema_label_judge(const struct schema_label *l, struct err *e);

#endif
