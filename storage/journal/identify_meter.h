/*
 * Find the meter that a reading comes from. An identifier is evidence, not a
 * key: a reading with an empty or missing one belongs to the meter that was
 * there, on the same channel; and the first reading with one names a meter that
 * had none, if its counters can follow. A different identifier means a
 * different meter.
 */
#ifndef STORAGE_JOURNAL_IDENTIFY_METER_H
#define STORAGE_JOURNAL_IDENTIFY_METER_H

#include "storage/journal/meters.h"
#include "storage/judge/judge_rows.h"

/* The newest meter of a medium on a channel. */
struct meter_line {
	int channel; /* 0: electricity, the meter itself */
	char medium[MEDIUM_TEXT];
	int meter; /* index in struct meters */
	int64_t ts;
};

enum {
	IDENTIFY_METER_LINES = 32, /* remembered channels with their media */
	IDENTIFY_METER_STATEMENTS = 2,
};

struct identify_meter {
	struct meters *meters;	     /* borrowed, like `readings` */
	struct judge_rows *readings; /* to read heads */
	/*
	 * The telegram is not from the house's meter, so it does not show which
	 * meter is on a channel
	 */
	bool other;
	struct meter_line list[IDENTIFY_METER_LINES];
	int n;
	struct stmt s[IDENTIFY_METER_STATEMENTS];
};

int identify_meter_open(struct identify_meter *l, struct meters *m,
			struct judge_rows *readings, sqlite3 *db,
			struct err *e);
void identify_meter_close(struct identify_meter *l); /* safe if zeroed */

/*
 * Find the meter of a point that a telegram shows on `channel`, with this
 * identifier, and read its head if needed. Returns its index in the list of
 * meters, ERR_FAILED, or the database's error.
 */
int identify_meter(struct identify_meter *l, const struct meter_key *wanted,
		   int channel, struct span identifier,
		   const struct judge_rates *rates, const struct judge_point *p,
		   struct err *e);

/* Forget what was read: the meters' readings in the database have changed. */
void identify_meter_forget(struct identify_meter *l);

#endif
