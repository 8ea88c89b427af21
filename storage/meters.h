/*
 * The meters that readings came from, and their numbers in the database.
 *
 * A meter is known by its equipment identifier. One that sends none is known
 * by its channel: the electricity meter of Sweden is one constant meter.
 */
#ifndef STORAGE_METERS_H
#define STORAGE_METERS_H

#include "storage/db/stmt.h"
#include "telegram/reading.h"

enum { METER_NAME = 256 }; /* bytes of an identifier that tell meters apart */

struct meter {
	int64_t id;	  /* in the database; 0 until asked */
	char *identifier; /* as sent; "" none */
	char medium[MEDIUM_TEXT];
	enum medium kind;
	enum unit unit; /* of its counter */
	int channel;	/* of a meter without identifier; else 0 */
};

struct meters {
	struct meter *list;
	int n;
	struct stmt find, add, known;
};

int meters_open(struct meters *m, sqlite3 *db, struct err *e);
void meters_close(struct meters *m); /* also of a zeroed one */

/* The place in the list of a reading's meter, or of the meter of one of its
 * M-Bus values; ERR_FAILED when memory is short. */
int meters_of_reading(struct meters *m, const struct reading *r, struct err *e);
int meters_of_mbus(struct meters *m, const struct mbus *b, struct err *e);

/*
 * Was the electricity meter of a reading seen since this was opened, or the
 * meter of one of its M-Bus values?
 */
bool meters_saw_reading(const struct meters *m, const struct reading *r);
bool meters_saw_mbus(const struct meters *m, const struct mbus *b);

/* Number the meter at place `i`: *id. 0 or a negative code. */
int meters_id(struct meters *m, int i, int64_t *id, struct err *e);

/* The place of the meter of this number; ERR_FAILED when there is none. */
int meters_of_id(struct meters *m, int64_t id, struct err *e);

/* Its number, or 0 when it has none yet. */
int meters_look(struct meters *m, int i, int64_t *id, struct err *e);

/* The numbers may have gone with a transaction. */
void meters_forget_ids(struct meters *m);

#endif
