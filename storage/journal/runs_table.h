/*
 * The table installation, for storage/journal/runs.c: the stored runs of one
 * line of rows, and all statements.
 */
#ifndef STORAGE_JOURNAL_RUNS_TABLE_H
#define STORAGE_JOURNAL_RUNS_TABLE_H

#include "storage/history/series.h"
#include "storage/judge/counter_offsets.h"
#include "storage/judge/meter_kind.h"

enum {
	RUNS_LINES,
	RUNS_ALL,
	RUNS_ADDED,
	RUNS_ALL_ADDED,
	RUNS_BETWEEN,
	RUNS_DROP,
	RUNS_SAVE,
	RUNS_STATEMENTS
};

struct runs_table {
	struct {
		struct stmt rows, load, back;
	} line[KINDS];
	struct stmt s[RUNS_STATEMENTS];
};

int runs_table_open(struct runs_table *t, sqlite3 *db, struct err *e);
void runs_table_close(struct runs_table *t); /* safe if zeroed */

/*
 * Rows in order of time: of the house's electricity, of one added meter (kind
 * KIND_OTHER) or of one M-Bus meter.
 */
struct run_line {
	struct runs_table *t;
	enum kind kind;
	int64_t meter; /* 0: the house's electricity */
	bool several;  /* M-Bus: the medium has other meters */
	bool apart;    /* not counted, and without runs */
	char medium[MEDIUM_TEXT];
};

/* A row of the table; the value of an M-Bus meter is series 0. */
struct run {
	int64_t first_ts, meter, channel;
	enum run_start begins; /* RUN_ROLLED, RUN_RESET; else RUN_GOES_ON */
	unsigned known;	       /* bit s: series s has an offset */
	int64_t offset[ELECTRIC_SERIES];
};

struct run_list {
	struct run *runs; /* sorted by first_ts; owned by the list's owner */
	size_t n, room;
};

int run_list_add(struct run_list *list, const struct run *run, struct err *e);

/*
 * Add all runs of a line that start at `from` or later. Returns 0 or a negative
 * code.
 */
int runs_table_load(const struct run_line *l, int64_t from,
		    struct run_list *list, struct err *e);

/*
 * runs_table_seek_back finds the last run of a line that starts at or before
 * `ts`; runs_table_back then finds those before it, one by one. Returns 1, 0 or
 * a negative code.
 */
int runs_table_seek_back(const struct run_line *l, int64_t ts, struct run *run,
			 struct err *e);
int runs_table_back(const struct run_line *l, struct run *run, struct err *e);

/*
 * Replace the stored `was` by `is`, writing only what differs; *shifted is
 * lowered to the start of the first run that differs. If shifted is NULL,
 * nothing is written. Returns 1, 0 if nothing differs, or a negative code.
 */
int runs_table_replace(const struct run_line *l, const struct run_list *was,
		       const struct run_list *is, int64_t *shifted,
		       struct err *e);

#endif
