/*
 * Telegrams with fewer registers than their meter showed before. As a rule one
 * was damaged, of a version without a CRC, and its row is refused: a hole
 * in one register spoils two periods. But a meter may really send fewer,
 * after new firmware; when it has for an hour, that is how it is.
 */
#ifndef STORAGE_REDUCED_H
#define STORAGE_REDUCED_H

#include "storage/db/stmt.h"

struct reduced {
	struct stmt note, ask, clear, any;
	bool some; /* some meter is under suspicion */
};

int reduced_open(struct reduced *d, sqlite3 *db, struct err *e);
void reduced_close(struct reduced *d); /* also of a zeroed one */

/* At the begin of a transaction. */
int reduced_load(struct reduced *d, struct err *e);

/*
 * The meter (its number in the database) sent fewer registers at `ts`. 1 when
 * it has done so for long enough to believe it, 0 when not, or negative.
 */
int reduced_seen(struct reduced *d, int64_t meter, int64_t ts, struct err *e);

/* The meter sent all of them. */
int reduced_clear(struct reduced *d, int64_t meter, struct err *e);

#endif
