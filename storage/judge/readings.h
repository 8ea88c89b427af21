/*
 * The readings of one meter in the database, accepted and held, with what a
 * person said of them: a window_source. Accepted ones are rows of the table
 * electricity or mbus, held ones of the table held; pins are ranges of time in
 * the table pin.
 */
#ifndef STORAGE_JUDGE_READINGS_H
#define STORAGE_JUDGE_READINGS_H

#include "storage/db/stmt.h"
#include "storage/judge/window.h"

/* The statements for electricity meters, or for M-Bus meters. */
struct readings {
	bool electric;
	int64_t meter; /* the meter in the database that is asked about */
	struct stmt accepted, held, pins;
	struct stmt count_back, count_forward; /* so many accepted ones on */
	struct stmt away_back, away_forward;   /* so many seconds on */
	struct stmt held_first, held_last;
};

/* 0 or a negative code; close it in either case. */
int readings_open(struct readings *s, sqlite3 *db, bool electric,
		  struct err *e);
void readings_close(struct readings *s); /* also of a zeroed one */

/* The source of a meter's readings; valid until another meter is chosen. */
struct window_source readings_of(struct readings *s, int64_t meter);

/*
 * Did a person say of readings from `from` on that they are true? 1, 0 or
 * negative.
 */
int readings_accepts(struct readings *s, int64_t meter, int64_t from,
		     struct err *e);

#endif
