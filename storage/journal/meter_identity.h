/*
 * Find the meter that a reading comes from. An identifier is evidence, not a
 * key: a reading with an empty or missing one belongs to the meter that was
 * there, on the same channel; and the first reading with one names a meter that
 * had none, if its counters can follow. A different identifier means a
 * different meter.
 */
#ifndef STORAGE_JOURNAL_METER_IDENTITY_H
#define STORAGE_JOURNAL_METER_IDENTITY_H

#include "storage/journal/meters.h"
#include "storage/judge/judge_rows.h"

/* The newest meter of a medium on a channel. */
struct meter_line {
	int channel; /* 0: electricity, the meter itself */
	char medium[MEDIUM_TEXT];
	int meter; /* place in struct meters */
	int64_t ts;
};

enum {
	METER_IDENTITY_LINES = 32, /* remembered channels with their media */
	METER_IDENTITY_STATEMENTS = 2,
};

struct meter_identity {
	struct meters *meters;	     /* borrowed, like `readings` */
	struct judge_rows *readings; /* to read heads */
	/*
	 * The telegram is not from the house's meter, so it does not show which
	 * meter is on a channel
	 */
	bool other;
	struct meter_line list[METER_IDENTITY_LINES];
	int n;
	struct stmt s[METER_IDENTITY_STATEMENTS];
};

int meter_identity_open(struct meter_identity *l, struct meters *m,
			struct judge_rows *readings, sqlite3 *db,
			struct err *e);
void meter_identity_close(struct meter_identity *l); /* safe if zeroed */

/*
 * Find the meter of a point that a telegram shows on `channel`, with this
 * identifier, and read its head if needed. Returns its place in the list of
 * meters, ERR_FAILED, or the database's error.
 */
int meter_identity_find(struct meter_identity *l,
			const struct meter_key *wanted, int channel,
			struct span identifier, const struct judge_rates *rates,
			const struct judge_point *p, struct err *e);

/* Forget what was read: the meters' readings in the database have changed. */
void meter_identity_forget(struct meter_identity *l);

#endif
