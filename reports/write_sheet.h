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
 * A table: title, headings, rows with as many decimals as fit, the total below a
 * line, notes. An estimated number has a '~' before it.
 */
void write_sheet_table(const struct sheet *s, const struct date_words *w,
		       FILE *out);

/* A line of names, then one for each row (RFC 4180); times are UTC. */
void write_sheet_csv(const struct sheet *s, FILE *out);

/* One document, as docs/p1report.schema.json describes it. */
void write_sheet_json(const struct sheet *s, FILE *out);

#endif
