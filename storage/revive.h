/*
 * After a false reading was withdrawn: what was held because of it, and fits the
 * readings that are left, enters as if it came now.
 */
#ifndef STORAGE_REVIVE_H
#define STORAGE_REVIVE_H

#include "storage/witness.h"

struct revive {
	struct stmt held;
	struct witness *list;
	size_t n, room;
};

int revive_open(struct revive *v, sqlite3 *db, struct err *e);
void revive_close(struct revive *v); /* also of a zeroed one */

/* All of one meter, in the order of time; `drop` as patient_believe. 0 or negative. */
int revive_all(struct revive *v, struct patient *p, struct stmt *drop,
	       struct err *e);

#endif
