/*
 * What heals by itself, at a commit. A reading that was accepted is withdrawn
 * when more readings of different times, which fit each other, fit what lies before it
 * (or behind it); and the zeros with which a meter began, when the first
 * value that it counts says that they were none.
 *
 * A counter that goes backwards never heals: nothing lies before it that it
 * fits. docs/architecture.md, "Judging".
 */
#ifndef STORAGE_CURE_H
#define STORAGE_CURE_H

#include "storage/revive.h"

struct cure {
	struct stmt witnesses, drop, row_range, value_range;
	struct witness *list;
	size_t n, room;
	struct revive revive;
	bool withdrawn; /* something of the meter that is looked into */
};

int cure_open(struct cure *h, sqlite3 *db, struct err *e);
void cure_close(struct cure *h); /* also of a zeroed one */

/* In the transaction, when what waited is written. 0 or negative. */
int cure_all(struct cure *h, struct gate *g, struct enter *en, struct err *e);

#endif
