/* Thin the readings of an hour: the rows of each meter, and other tables. */
#ifndef STORAGE_JOURNAL_THIN_ROWS_H
#define STORAGE_JOURNAL_THIN_ROWS_H

#include "storage/journal/keep_rules.h"
#include "storage/journal/thin_select.h"

enum thin_statement {
	THIN_LIST, /* of the house's electricity, then of an M-Bus meter */
	THIN_DROP = THIN_LIST + KIND_OTHER,
	THIN_WEIGHT = THIN_DROP + KIND_OTHER,
	THIN_MARKS = THIN_WEIGHT + KIND_OTHER,
	THIN_POWER,
	THIN_OTHERS,
	THIN_REPLACED,
	THIN_METERS,
	THIN_EXTRA,
	THIN_PHASES,
	THIN_QUALITY,
	THIN_STATEMENTS
};

struct thin_rows {
	struct stmt s[THIN_STATEMENTS];
	struct judge_limits limits;
	struct thin_row *list; /* owned, like the next */
	int64_t *marks;
	size_t n, room, marks_n, marks_room;
	int64_t removed; /* rows so far */
};

/* Returns 0 or a negative code; close it in either case. */
int thin_rows_open(struct thin_rows *t, sqlite3 *db,
		   const struct judge_limits *limits, struct err *e);
void thin_rows_close(struct thin_rows *t); /* safe if zeroed */

/*
 * Within a transaction, thin what is in [from, to) (UTC) to boundaries of
 * every_s seconds. Rows of counters go only where thin_select allows it: an
 * hour in or near which several electricity meters were read stays as it is,
 * and so does one in which an M-Bus meter replaced another. Of phases the first
 * row of each every_s stays, of quality the last. Returns 0 or a negative code.
 */
int thin_rows_hour(struct thin_rows *t, enum keep_kind what, int64_t from,
		   int64_t to, int64_t every_s, struct err *e);

#endif
