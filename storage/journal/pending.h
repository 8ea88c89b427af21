/*
 * What was read and waits for the next commit. Pure memory: readings are
 * thinned to one per interval here, so that a service that reads every second
 * holds little, and sorted by time when they are taken out.
 */
#ifndef STORAGE_JOURNAL_PENDING_H
#define STORAGE_JOURNAL_PENDING_H

#include "storage/journal/allowance.h"
#include "storage/journal/events.h"
#include "storage/journal/meters.h"
#include "storage/judge/held.h"
#include "telegram/reading.h"

/* The tables that a row has something for: bits 1 << place. */
enum {
	PENDING_ELECTRICITY = 1 << PLACE_COUNTER,
	PENDING_PHASES = 1 << PLACE_PHASE,
	PENDING_QUALITY = 1 << PLACE_QUALITY,
	PENDING_STATE = 1 << PLACE_STATE,
};

struct pending_row {
	int64_t ts;
	int64_t max_w[2]; /* highest import, export since the row before; -1 */
	int meter;	  /* place in struct meters */
	unsigned tables;
	int64_t weight; /* telegrams that its counters stand for */
	enum time_source source;
	uint64_t have;
	int64_t value[Q_COUNT];
};

struct pending_value {
	int64_t ts;
	int64_t value;
	int meter;
	int channel;
	enum time_source source; /* TIME_METER or TIME_ENTERED */
};

/* Counters that are held, at least until the next commit. */
struct pending_doubt {
	struct held_reading
		reading; /* its time comes first, as in the others */
	int meter;	 /* place in struct meters */
	char *telegram;	 /* owned; what reading.telegram borrows */
};

/* Are two doubts of one meter, on the M-Bus or not? */
static inline bool pending_same_meter(const struct pending_doubt *a,
				      const struct pending_doubt *b)
{
	return a->meter == b->meter &&
	       (a->reading.channel == 0) == (b->reading.channel == 0);
}

/* What was found of a reading whose counters are accepted. */
struct pending_meters {
	/* Places in struct meters of what it comes from; -1: not known. */
	int electricity;
	int channel[MBUS_CHANNELS];
	bool apart; /* it is not the house's: its counters alone are kept */
	bool turns; /* another meter was there, and it is back */
	/* Do its counters become a row, or does that of row_ts stand for them? */
	enum { PENDING_NO_ROW, PENDING_NEW_ROW, PENDING_OLD_ROW } row;
	int64_t row_ts;
};

/* Telegrams of the interval of a row that was written already. */
struct pending_fold {
	int64_t ts;
	int64_t weight;
	int meter;
};

/* An M-Bus meter was seen in a telegram of an electricity meter. */
struct pending_pair {
	int meter, electricity; /* places in struct meters */
};

#define PENDING_NOWHERE SIZE_MAX

/* Seconds, 1 or more: of each interval one row is kept. */
struct intervals {
	long rows;
	long phases; /* not below rows */
};

struct pending {
	struct intervals every;
	bool stuck; /* they could not be written: beyond a day, forget */
	struct pending_row *rows;
	size_t row_count, row_room;
	size_t row_at[2]; /* place of the newest electricity row, of the house's
			     meter and of others, or PENDING_NOWHERE */
	struct pending_value *values;
	size_t value_count, value_room;
	struct pending_doubt *doubts;
	size_t doubt_count, doubt_room;
	size_t doubt_bytes;	     /* of their telegrams */
	size_t doubts_ahead;	     /* newer than all accepted ones */
	struct pending_fold fold[2]; /* likewise; weight 0: none */
	struct pending_pair *pairs;
	size_t pair_count, pair_room;
	struct events notes;
	struct allowance *allowance; /* borrowed, by the notes too */
	struct pending_last *last;   /* what the readings before were */
};

int pending_open(struct pending *k, const struct intervals *every,
		 struct allowance *a, struct err *e);
void pending_close(struct pending *k); /* also of a zeroed one */

/* From now on this is what may be added. */
void pending_allow(struct pending *k, struct allowance *a);

/*
 * Take what is to be kept of a reading, whose counters are accepted. 0, or
 * ERR_FAILED: memory is short.
 */
int pending_put(struct pending *k, const struct pending_meters *m,
		const struct reading *r, struct err *e);

/*
 * Take counters of a meter that are held, and copy the telegram. `ahead`: they are
 * newer than all accepted ones, so that the next ones cannot be accepted quickly.
 * Returns 0 or ERR_FAILED.
 */
int pending_doubt(struct pending *k, int meter, const struct held_reading *r,
		  bool ahead, struct err *e);

/* Is there little room left for the telegrams of held counters? */
bool pending_doubts_full(const struct pending *k);

/*
 * The meter at place `meter` was seen in a telegram of that at `electricity`.
 * 0 or ERR_FAILED.
 */
int pending_pair(struct pending *k, struct meters *m, int meter,
		 int electricity, struct err *e);

/* The row that telegrams are counted in is not known any more, nor their number. */
void pending_start_over(struct pending *k);

/* Forget the counters that are held. */
void pending_drop_doubts(struct pending *k);

/* All counters that wait are to be judged, by another database. 0 or ERR_FAILED. */
int pending_doubt_all(struct pending *k, struct err *e);

/* Oldest first; doubts by meter, and then oldest first. */
void pending_sort(struct pending *k);

/* They could not be written: from now on the oldest may be given up. */
void pending_stuck(struct pending *k);

/* All was written. */
void pending_clear(struct pending *k);

/* The places of meters are not valid any more; nothing waits. */
void pending_forget_meters(struct pending *k);

/* How many rows, M-Bus values and doubts wait. */
size_t pending_waiting(const struct pending *k);

/* The quantities of one place, as bits of struct reading.have. */
static inline uint64_t pending_mask(enum place wanted)
{
	uint64_t mask = 0;

#define X(id, name, obis, unit, place)                                         \
	mask |= (uint64_t)(wanted == PLACE_##place) << Q_##id;
	QUANTITIES(X)
#undef X
	return mask;
}

#endif
