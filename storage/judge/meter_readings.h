/*
 * The readings of one meter in the database, accepted and held, with a person's
 * decisions: a window_source. Accepted ones are rows of the table electricity
 * or mbus, held ones of the table held; pins are ranges of time in the table
 * pin.
 */
#ifndef STORAGE_JUDGE_METER_READINGS_H
#define STORAGE_JUDGE_METER_READINGS_H

#include "storage/judge/chain_head.h"
#include "storage/judge/judging_window.h"
#include "storage/judge/meter_stretches.h"

enum { METER_READINGS_STATEMENTS = 16 };

/* The statements for one kind of meter. */
struct meter_readings {
	enum kind kind;
	int64_t meter; /* number of the meter to read */
	struct meter_stretches stretches;
	struct stmt s[METER_READINGS_STATEMENTS];
};

/* Returns 0 or a negative code; close it in either case. */
int meter_readings_open(struct meter_readings *r, sqlite3 *db, enum kind k,
			struct err *e);
void meter_readings_close(struct meter_readings *r); /* safe if zeroed */

/* The source of a meter's readings; valid until another meter is chosen. */
struct window_source meter_readings_of(struct meter_readings *r, int64_t meter);

/*
 * Find the accepted reading of a meter at `ts`, or the nearest one to it in
 * direction `way`. Returns 1, 0 if there is none, or a negative code.
 */
int meter_readings_at(struct meter_readings *r, int64_t meter, int64_t ts,
		      struct judge_point *p, struct err *e);
int meter_readings_beside(struct meter_readings *r, int64_t meter, int64_t ts,
			  enum way way, struct judge_point *p, struct err *e);

/*
 * Read the newest readings of a meter, for comparison with the next one.
 * Returns 0 or a negative code.
 */
int meter_readings_head(struct meter_readings *r, int64_t meter,
			struct chain_head *h, struct err *e);

/*
 * Find the newest held reading whose counters are judged: its row is one->held,
 * 0 if there is none. *behind is how many of these are newer than the newest
 * accepted reading, up to `most`. Returns 0 or a negative code.
 */
int meter_readings_held(struct meter_readings *r, int64_t meter,
			struct chain_reading *one, int64_t most,
			int64_t *behind, struct err *e);

/*
 * Does another meter than this one have a row of the house's electricity
 * between two times? Returns 0 or a negative code.
 */
int meter_readings_interrupted(struct meter_readings *r, int64_t meter,
			       int64_t from, int64_t to, bool *interrupted,
			       struct err *e);

/* Did a person accept readings from `from` on? Returns 0 or a negative code. */
int meter_readings_accepts(struct meter_readings *r, int64_t meter,
			   int64_t from, bool *accepts, struct err *e);

#endif
