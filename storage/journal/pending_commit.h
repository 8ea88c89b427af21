/*
 * Readings that wait for the next commit, in memory only. The first of each
 * interval becomes a row; the commit decides about the others.
 */
#ifndef STORAGE_JOURNAL_PENDING_COMMIT_H
#define STORAGE_JOURNAL_PENDING_COMMIT_H

#include <string.h>

#include "storage/journal/flood_limit.h"
#include "storage/journal/meter_events.h"
#include "storage/journal/meters.h"
#include "storage/judge/held_rows.h"
#include "telegram/reading.h"

/* The tables for which a row has values: bits 1 << place. */
enum {
	PENDING_ELECTRICITY = 1 << PLACE_COUNTER,
	PENDING_PHASES = 1 << PLACE_PHASE,
	PENDING_QUALITY = 1 << PLACE_QUALITY,
	PENDING_STATE = 1 << PLACE_STATE,
};

struct pending_row {
	int64_t ts;
	int64_t max_w[2]; /* peak import, export since last row; -1 if none */
	int meter;	  /* index in struct meters */
	unsigned tables;
	int64_t weight; /* telegrams that its counters stand for */
	/* INT64_MIN; or the time of the row of its interval, which will count it
	   unless the counters are in doubt */
	int64_t interval_of;
	bool other; /* of a meter that is not the house's */
	enum time_source source;
	uint64_t have;
	int64_t value[Q_COUNT];
};

struct pending_value {
	int64_t ts;
	int64_t value;
	int meter;
	int channel;
	enum time_source source; /* or TIME_ENTERED, TIME_IMPORTED */
};

/* Counters that are held, at least until the next commit. */
struct pending_candidate {
	/* First member: its time, as in the other structs. Its weight is 0 if
	   another one counts it. */
	struct held_reading reading;
	int meter;	/* index in struct meters */
	char *telegram; /* owned; reading.telegram borrows it */
};

/* Do two candidates belong to the same meter, both on the M-Bus or both not? */
static inline bool pending_same_meter(const struct pending_candidate *a,
				      const struct pending_candidate *b)
{
	return a->meter == b->meter &&
	       (a->reading.channel == 0) == (b->reading.channel == 0);
}

/* The counters of a row, without a telegram, as a reading to judge. */
static inline struct held_reading
pending_row_reading(const struct pending_row *row)
{
	struct held_reading r = { .ts = row->ts,
				  .source = row->source,
				  .weight = row->weight,
				  .have = row->have & KIND_MASK };

	memcpy(r.value, row->value, sizeof(r.value));
	return r;
}

/*
 * Are its counters judged? Not if its time is impossible, or the reading is
 * already known.
 */
static inline bool pending_is_judged(const struct pending_candidate *c)
{
	return c->reading.why == VERDICT_FITS && c->reading.weight > 0;
}

/* What is known about a reading whose counters are accepted. */
struct pending_meters {
	/* Indexes of its meters in struct meters; -1: unknown. */
	int electricity;
	int channel[MBUS_CHANNELS];
	bool other; /* not the house's: only its counters are stored */
	bool turns; /* this meter is back after another one was there */
	/* Do its counters become a row, or does the row of row_ts count them? */
	enum { PENDING_NO_ROW, PENDING_NEW_ROW, PENDING_OLD_ROW } row;
	int64_t row_ts;
};

/* Telegrams in the interval of a row that is already in the database. */
struct pending_fold {
	int64_t ts;
	int64_t weight;
	int meter;
};

/* An M-Bus meter was seen in a telegram of an electricity meter. */
struct pending_pair {
	int meter, electricity; /* indexes in struct meters */
};

#define PENDING_NOWHERE SIZE_MAX

/* Seconds, 1 or more: one row of each interval is stored. */
struct intervals {
	long rows;
	long phases; /* not less than rows */
};

struct pending {
	struct intervals every;
	/* Writing failed: drop readings beyond a day's worth */
	bool stuck;
	struct pending_row *rows;
	size_t row_count, row_room;
	/* For the house's meter, and for others: */
	struct pending_row passed[2]; /* newest reading without a row; tables 0
					 if none */
	size_t passed_at[2]; /* its index in rows, or PENDING_NOWHERE */
	struct pending_value *values;
	size_t value_count, value_room;
	struct pending_candidate *candidates;
	size_t candidate_count, candidate_room;
	size_t candidate_bytes;	     /* total size of their telegrams */
	size_t candidates_ahead;     /* newer than all accepted ones */
	struct pending_fold fold[2]; /* of the house's meter, and of others;
					weight 0 if none */
	struct pending_pair *pairs;
	size_t pair_count, pair_room;
	struct meter_events events;
	struct flood_limit *allowance; /* borrowed, by the events too */
	struct pending_last *last;     /* the previous readings */
};

int pending_open(struct pending *p, const struct intervals *every,
		 struct flood_limit *a, struct err *e);
void pending_close(struct pending *p); /* safe if zeroed */

/* Set what may be added from now on. */
void pending_allow(struct pending *p, struct flood_limit *a);

/*
 * Take the parts to be stored of a reading whose counters are accepted. Returns
 * 0, or ERR_FAILED if out of memory.
 */
int pending_put(struct pending *p, const struct pending_meters *m,
		const struct reading *r, struct err *e);

/*
 * Take held counters of a meter, and copy the telegram. `ahead`: they are newer
 * than all accepted ones, so that the next ones cannot be accepted quickly.
 * Returns 0 or ERR_FAILED.
 */
int pending_add_candidate(struct pending *p, int meter,
			  const struct held_reading *r, bool ahead,
			  struct err *e);

/* Is there little space left for the telegrams of held counters? */
bool pending_candidates_full(const struct pending *p);

/*
 * Before a commit: if the counters of a meter are in doubt, let the newest
 * reading without a row wait, too. Returns 0 or ERR_FAILED.
 */
int pending_bring_passed(struct pending *p, struct err *e);

/* Count the readings that need no row in the rows of their intervals. */
void pending_count(struct pending *p);

/*
 * Record that the meter at index `meter` was seen in a telegram of the one at
 * `electricity`. Returns 0 or ERR_FAILED.
 */
int pending_pair(struct pending *p, struct meters *m, int meter,
		 int electricity, struct err *e);

/* Forget the row that telegrams are counted in, and their number. */
void pending_start_over(struct pending *p);

/* Drop the held counters. */
void pending_drop_candidates(struct pending *p);

/* Let another database judge all pending counters. Returns 0 or ERR_FAILED. */
int pending_judge_all(struct pending *p, struct err *e);

/* Sort by time; candidates by meter, then by time. */
void pending_sort(struct pending *p);

/* Record that writing failed: the oldest may be dropped from now on. */
void pending_stuck(struct pending *p);

/* Everything was written: clear it. */
void pending_clear(struct pending *p);

/*
 * Forget the indexes of meters, which are no longer valid; nothing may be
 * pending.
 */
void pending_forget_meters(struct pending *p);

/* Returns the number of pending rows, M-Bus values and candidates. */
size_t pending_waiting(const struct pending *p);

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

/*
 * Only for the files pending_commit*.c. A row of counters is the first reading
 * of its interval; the others wait, too, until it is known whether they must be
 * rows (row_writer_select).
 */

/*
 * Add a row of a reading of the meter at index `meter`; without a peak. Returns
 * it, valid until the next one, or NULL if out of memory.
 */
struct pending_row *pending_add_row(struct pending *p, const struct reading *r,
				    int meter, unsigned tables);

/* Record that the newest counters of such a meter are a row. */
void pending_begin_interval(struct pending *p, bool other);

/*
 * Take a reading in the interval of the row at m->row_ts. Returns 0 or
 * ERR_FAILED.
 */
int pending_pass(struct pending *p, const struct pending_meters *m,
		 const struct reading *r, struct err *e);

/*
 * Make the last reading of the house's meter a row, if it is not one, and if
 * another meter, at index `meter`, sends after it. Set *row to it, or NULL.
 * Returns 0 or ERR_FAILED.
 */
int pending_end_meter(struct pending *p, int meter, int64_t ts,
		      struct pending_row **row, struct err *e);

/*
 * Is writing impossible, and does a list with `each` elements per interval hold
 * a day's worth?
 */
bool pending_crowded(const struct pending *p, size_t count, size_t each);

/* Drop the oldest eighth of a list. */
void pending_drop_oldest(void *items, size_t *count, size_t size);

#endif
