/*
 * What a person says of the quarantine: a list of it, and what becomes of an
 * entry that is accepted or rejected.
 */
#ifndef STORAGE_REVIEW_H
#define STORAGE_REVIEW_H

#include "storage/gate.h"

struct review;

/* An entry that nobody has rejected; text is borrowed until the next. */
struct review_entry {
	int64_t id;
	int64_t ts, last_ts; /* UTC */
	int64_t count;	     /* telegrams */
	const char *medium, *identifier;
	const char *reason;
	const char *name; /* of the register: "import_t1", "gas" */
	const char *unit; /* "kWh" */
	int64_t value;	  /* thousandths of it, as are the next two */
	bool has_min, has_max;
	int64_t expected_min, expected_max;
};

/* Read the database at `path`. NULL and *e as db_open_reader. */
struct review *review_open(const char *path, struct err *e);
void review_close(struct review *r); /* NULL is fine */

/* The next one, by id: 1, 0 at the end, or negative. */
int review_next(struct review *r, struct review_entry *entry, struct err *e);

/*
 * In a transaction of the journal: let the entry in, and those after it of the
 * same meter that it explains. ERR_USAGE: there is none of this number.
 * ERR_FORMAT: readings that were accepted contradict it.
 */
int review_accept(struct gate *g, struct enter *en, int64_t id, struct err *e);

/* It stays out for good, and is no longer listed. Errors as above. */
int review_reject(sqlite3 *db, int64_t id, struct err *e);

#endif
