/* Write a sheet: as a table for people, or as CSV or JSON for programs. */
#ifndef REPORTS_WRITE_SHEET_H
#define REPORTS_WRITE_SHEET_H

#include <stdio.h>

#include "base/date_words.h"
#include "reports/sheet.h"

enum {
	WRITE_SHEET_WIDTH = 80,	 /* columns of a terminal */
	WRITE_SHEET_VERSION = 1, /* of the JSON */
};

/*
 * Write a table: title, headings, rows with as many decimals as fit, a rule,
 * the total, notes. An estimated number has a '~' before it.
 */
void write_sheet_table(const struct sheet *s, const struct date_words *w,
		       FILE *out);

/* Write a header line, then a line for each row (RFC 4180); times are UTC. */
void write_sheet_csv(const struct sheet *s, FILE *out);

/* Write one document, as described in docs/p1report.schema.json. */
void write_sheet_json(const struct sheet *s, FILE *out);

#endif
