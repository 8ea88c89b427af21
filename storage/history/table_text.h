/*
 * Rows of the journal's tables as text, for a follower that stores the same
 * tables elsewhere.
 */
#ifndef STORAGE_HISTORY_TABLE_TEXT_H
#define STORAGE_HISTORY_TABLE_TEXT_H

#include <stdio.h>

#include "storage/history/history.h"

/* Tables whose rows have a time, `ts`. */
enum table_text {
	TABLE_TEXT_COUNTER_FROM,
	TABLE_TEXT_COUNTER_TO,
	TABLE_TEXT_ELECTRICITY,
	TABLE_TEXT_MBUS,
	TABLE_TEXT_PHASES,
	TABLE_TEXTS
};

/*
 * Write the rows from `first` to `last` (UTC, both included), a line each: the
 * columns in the table's order, separated by commas, nothing for NULL. The
 * column counter_from.hour is left out. Returns 0 or a negative code.
 */
int table_text_lines(struct history *h, enum table_text which, int64_t first,
		     int64_t last, FILE *out, struct err *e);

/*
 * Write what the rows refer to as a JSON object: "timezone", "meters", "runs"
 * (the table installation), "calendar_day", "calendar_month" and
 * "calendar_year", arrays of objects with the tables' columns. Returns 0 or a
 * negative code.
 */
int table_text_house(struct history *h, FILE *out, struct err *e);

#endif
