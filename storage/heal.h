/*
 * What heals by itself, at a commit. A reading that was accepted is withdrawn
 * when more readings of different times, which fit each other, fit what lies before it
 * (or behind it); and the zeros with which a meter began, when the first
 * value that it counts says that they were none.
 *
 * A counter that goes backwards never heals: nothing lies before it that it
 * fits. docs/architecture.md, "Judging".
 */
#ifndef STORAGE_HEAL_H
#define STORAGE_HEAL_H

#include "storage/gate.h"

struct heal {
	struct stmt witnesses, drop, row_range, value_range;
	struct witness *list;
	size_t n, room;
};

int heal_open(struct heal *h, sqlite3 *db, struct err *e);
void heal_close(struct heal *h); /* also of a zeroed one */

/* In the transaction, when what waited is written. 0 or negative. */
int heal_all(struct heal *h, struct gate *g, struct enter *en, struct err *e);

#endif
