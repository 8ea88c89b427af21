/*
 * The table held: readings that are not accepted, with what they show, why, and
 * the telegram. A reading moves between it and its own table, electricity or
 * mbus, with all that it shows; nothing is thrown away.
 */
#ifndef STORAGE_JUDGE_HELD_H
#define STORAGE_JUDGE_HELD_H

#include "storage/db/stmt.h"
#include "storage/judge/rules.h"

/* A reading of a meter that is to be held. */
struct held_reading {
	int64_t meter; /* its number in the database */
	int channel;   /* 0: the electricity meter */
	int64_t ts;
	enum time_source source;
	int64_t weight;	      /* telegrams that it stands for */
	int64_t seen_ts;      /* UTC of the machine */
	enum verdict why;     /* VERDICT_FITS: its counters are judged later */
	uint64_t have;	      /* as of struct reading; of M-Bus bit 0 alone */
	const int64_t *value; /* borrowed; of M-Bus value[0] */
	struct span telegram; /* borrowed */
};

/* Why a reading is not accepted, for the person who looks at it. */
struct held_reason {
	enum verdict why;
	int where;     /* the register */
	int64_t least; /* that it could show; INT64_MIN: anything */
	int64_t most;  /* INT64_MAX: anything */
};

/* The statements for electricity meters, or for M-Bus meters. */
struct held {
	bool electric;
	sqlite3 *db;
	struct stmt is_accepted, is_held, add;
	struct stmt last, fold, sum_after, count;
	struct stmt accept, drop, withdraw, take_out, label, label_fall;
};

int held_open(struct held *h, sqlite3 *db, bool electric, struct err *e);
void held_close(struct held *h); /* also of a zeroed one */

/* The counters of a reading. */
struct judge_point held_point(const struct held_reading *r);

/*
 * Hold a reading. 1; 0 when the database has it already, accepted or held; or
 * negative.
 */
int held_add(struct held *h, const struct held_reading *r, struct err *e);

/*
 * Find the newest held reading of a meter whose counters are judged. 1, 0 when
 * there is none, or negative. Its counters go to *p, its row to *id.
 */
int held_last(struct held *h, int64_t meter, struct judge_point *p, int64_t *id,
	      struct err *e);

/* Count `weight` more telegrams in the held row `id`. 0 or negative. */
int held_fold(struct held *h, int64_t id, int64_t weight, struct err *e);

/* How many readings a meter has in the table behind `ts`, and their weight. */
int held_after(struct held *h, int64_t meter, int64_t ts, int64_t *count,
	       int64_t *weight, struct err *e);

/*
 * Move the held row `id` to its table. 1; 0 when a reading of another meter has
 * its time, so that it stays; or negative.
 */
int held_accept(struct held *h, int64_t id, struct err *e);

/* Move the accepted reading of a meter at `ts` here: *id. 0 or negative. */
int held_withdraw(struct held *h, int64_t meter, int64_t ts, int64_t seen_ts,
		  int64_t *id, struct err *e);

/* Say why row `id` is held. 0 or negative. */
int held_explain(struct held *h, int64_t id, const struct held_reason *why,
		 struct err *e);

/*
 * Say of all readings of a meter without a reason that they fall below `than`, an
 * accepted reading. 0 or negative.
 */
int held_explain_fall(struct held *h, int64_t meter,
		      const struct judge_point *than, int where, struct err *e);

/* The name of a register: "import_t1", or "value" of an M-Bus meter. */
const char *held_register(bool electric, int where);

#endif
