/*
 * The table held: readings that are not accepted, with what they show, the
 * reason and the telegram. A reading moves between it and its own table,
 * electricity or mbus, with everything that it shows; nothing is thrown away.
 */
#ifndef STORAGE_JUDGE_HELD_ROWS_H
#define STORAGE_JUDGE_HELD_ROWS_H

#include "storage/judge/meter_kind.h"

enum {
	HELD_ROWS_TELEGRAM = 16 * 1024
}; /* bytes of a telegram that are stored */

/* A reading to hold. */
struct held_reading {
	int64_t ts;
	int64_t meter; /* its number in the database */
	int channel;   /* 0: the electricity meter */
	enum time_source source;
	enum verdict why; /* VERDICT_FITS: its counters are judged later */
	int64_t weight;	  /* telegrams that it stands for */
	int64_t seen_ts;  /* UTC of the machine */
	uint64_t have;	  /* as in struct reading; for M-Bus only bit 0 */
	int64_t value[KIND_QUANTITIES];
	struct span telegram; /* borrowed */
};

/* Why a reading is not accepted, for people. */
struct held_reason {
	enum verdict why;
	int where;     /* the register */
	int64_t least; /* lowest possible value; INT64_MIN: anything */
	int64_t most;  /* INT64_MAX: anything */
};

enum { HELD_ROWS_STATEMENTS = 8 };

/* The statements for one kind of meter. */
struct held_rows {
	enum kind kind;
	struct stmt s[HELD_ROWS_STATEMENTS];
	struct stmt accept_other; /* for electricity */
};

int held_rows_open(struct held_rows *h, sqlite3 *db, enum kind k,
		   struct err *e);
void held_rows_close(struct held_rows *h); /* safe if zeroed */

/* Get the counters of a reading. */
struct judge_point held_rows_point(const struct held_reading *r);

/*
 * Hold a reading. Returns 1 and its row in *id; 0 if the database has it
 * already, accepted or held; or a negative code. Also returns 1 for a row that
 * was held for its time or its stream, now that these are valid and it can be
 * judged.
 */
int held_rows_add(struct held_rows *h, const struct held_reading *r,
		  int64_t *id, struct err *e);

/*
 * Count `weight` more telegrams in the held row `id`. Returns 1, 0 if it is
 * gone, or a negative code.
 */
int held_rows_fold(struct held_rows *h, int64_t id, int64_t weight,
		   struct err *e);

enum { HELD_ROWS_OTHER = 2 };

/*
 * Move the held row `id` to its table. Returns 1; HELD_ROWS_OTHER if a reading
 * of another meter has its time, so that it moved to other_electricity; 0 if it
 * stays, since one of the two has no identifier or was entered by hand; or a
 * negative code.
 */
int held_rows_accept(struct held_rows *h, int64_t id, struct err *e);

/*
 * Move the accepted reading of a meter at `ts` to the table held; *id receives
 * its row. Returns 0 or a negative code.
 */
int held_rows_withdraw(struct held_rows *h, int64_t meter, int64_t ts,
		       int64_t seen_ts, int64_t *id, struct err *e);

/* Store why row `id` is held. Returns 0 or a negative code. */
int held_rows_explain(struct held_rows *h, int64_t id,
		      const struct held_reason *why, struct err *e);

#endif
