/* The readings that are held and that no person has rejected, for a list. */
#ifndef STORAGE_REVIEW_H
#define STORAGE_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct review;

/* A held reading; text is borrowed until the next. */
struct review_entry {
	int64_t id;
	int64_t ts;	 /* UTC */
	int64_t seen_ts; /* UTC of the machine, when it was held first */
	int64_t count;	 /* telegrams that it stands for */
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

#endif
