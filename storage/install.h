/*
 * Installations: unbroken runs of one meter's readings, and the offsets that
 * make counter + offset continuous from one to the next.
 *
 * Electricity is one line of runs, the M-Bus meters one per channel and medium.
 * A run begins where the meter changes, and for electricity also where the set
 * of registers does. A row belongs to the last run that begins at or before
 * it, so rows never have to be rewritten; and what is written depends on
 * which rows there are, not on the order in which they came.
 */
#ifndef STORAGE_INSTALL_H
#define STORAGE_INSTALL_H

#include "storage/db/stmt.h"
#include "storage/judge/rules.h"
#include "storage/registers.h"

/* Where a run is, and of what. */
struct run {
	int channel; /* 0: electricity, the meter itself */
	char medium[MEDIUM_TEXT];
	int64_t meter;	    /* its number in the database */
	bool named;	    /* it has an equipment identifier */
	uint64_t registers; /* channel 0: as struct reading.have; else 0 */
};

struct installation {
	struct run run;
	int64_t first_ts;
	enum begin begin;
	int64_t offset[ELECTRIC_SERIES]; /* channel 0 */
	unsigned known;	      /* bit s: some meter has shown series s */
	int64_t value_offset; /* other channels */
};

struct installations {
	sqlite3 *db;
	struct installation *list; /* by channel, medium, first_ts */
	size_t n, room;
	bool changed; /* a run was made or moved since install_load */
	struct stmt load, wipe, save;
	struct stmt row_at, row_before, next_row;
	struct stmt value_at, value_before, next_value;
};

extern const char *const begin_words[BEGIN_COUNT]; /* "" of BEGIN_METER */

int install_open(struct installations *in, sqlite3 *db, struct err *e);
void install_close(struct installations *in); /* also of a zeroed one */

/* Read them anew, at the begin of a transaction. */
int install_load(struct installations *in, struct err *e);

/* The run that a row of this line at `ts` would belong to; NULL: none yet. */
const struct installation *install_at(const struct installations *in,
				      const struct run *line, int64_t ts);

/*
 * Does a row of `next` say less than the run before it: fewer registers of the
 * same meter, or no identifier where there was one?
 */
bool install_is_reduced(const struct run *before, const struct run *next);

/* The row of `run` at `ts` was written: make or move a run as it demands. */
int install_place(struct installations *in, const struct run *run, int64_t ts,
		  struct err *e);

/* The same meter's counters begin anew with its row at `ts`. */
int install_mark(struct installations *in, const struct run *run, int64_t ts,
		 enum begin begin, struct err *e);

/* The same of the meter's row at `ts`, which is there already. */
int install_mark_again(struct installations *in, int64_t meter, int64_t ts,
		       enum begin begin, struct err *e);

/*
 * Rows of a meter were taken away: its runs begin with the first row that is
 * left, or are gone.
 */
int install_repair(struct installations *in, int64_t meter, struct err *e);

/* Write them, if they are not what is written (see storage/offsets.h). */
int install_save(struct installations *in, struct err *e);

#endif
