/*
 * The table installation, for storage/runs.c: the runs of one line of rows as
 * they are written, and the statements.
 */
#ifndef STORAGE_RUNS_TABLE_H
#define STORAGE_RUNS_TABLE_H

#include "storage/judge/continuity.h"
#include "storage/judge/kind.h"
#include "storage/runs.h"
#include "storage/series.h"

/* Rows in order of time: of electricity, or of one M-Bus meter. */
struct line {
	struct runs_line *s;
	int series;    /* columns of counters, and of offsets */
	int64_t meter; /* M-Bus; 0: electricity */
	bool several;  /* M-Bus: there are other meters of the medium */
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
	struct run *runs; /* by first_ts; freed by whoever has the list */
	size_t n, room;
};

int run_list_add(struct run_list *list, const struct run *run, struct err *e);

/* Add all of a line. 0 or a negative code. */
int runs_table_load(const struct line *l, struct run_list *list, struct err *e);

/*
 * Write `is` where `was` is written, and only what differs. 1, 0 when nothing
 * does, or a negative code.
 */
int runs_table_replace(struct runs *r, const struct line *l,
		       const struct run_list *was, const struct run_list *is,
		       struct err *e);

#endif
