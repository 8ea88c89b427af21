/* Thin the readings of an hour: the rows of each meter, and other tables. */
#ifndef STORAGE_JOURNAL_THIN_ROWS_H
#define STORAGE_JOURNAL_THIN_ROWS_H

#include "storage/journal/keep_rules.h"
#include "storage/journal/thin_select.h"

enum thin_statement {
	THIN_LIST, /* one for the house's electricity, one for an M-Bus meter */
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
	THIN_PACK_ROOM, /* these in order */
	THIN_PACK_TAKE,
	THIN_PACK_DROP,
	THIN_PACK_PUT,
	THIN_PACK_END,
	THIN_STATEMENTS
};

struct thin_rows {
	struct stmt s[THIN_STATEMENTS];
	struct judge_limits limits;
	struct thin_row *list; /* owned, as is marks */
	int64_t *marks;
	size_t n, room, marks_n, marks_room;
	int64_t removed; /* rows removed so far */
};

/* Returns 0 or a negative code; close it in either case. */
int thin_rows_open(struct thin_rows *t, sqlite3 *db,
		   const struct judge_limits *limits, struct err *e);
void thin_rows_close(struct thin_rows *t); /* safe if zeroed */

/*
 * Within a transaction, thin the rows in [from, to) (UTC) to boundaries of
 * every_s seconds. Rows of counters are removed only where thin_select allows
 * it. An hour in or near which several electricity meters were read is left
 * unchanged, and so is one in which one M-Bus meter replaced another. Of
 * phases, the first row of each every_s is kept; of quality, the last. Returns
 * 0 or a negative code.
 */
int thin_rows_hour(struct thin_rows *t, enum keep_kind what, int64_t from,
		   int64_t to, int64_t every_s, struct err *e);

/*
 * Within the same transaction, delete and insert the rows of electricity in
 * [from, to) again: thinning leaves pages a fifth empty, this a tenth. Returns 0
 * or a negative code.
 */
int thin_rows_pack(struct thin_rows *t, int64_t from, int64_t to,
		   struct err *e);

#endif
