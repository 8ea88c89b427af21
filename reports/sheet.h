/*
 * A report as rows and columns, before it is written as a table, CSV or JSON: all
 * three are made from the same numbers.
 */
#ifndef REPORTS_SHEET_H
#define REPORTS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum sheet_kind {
	SHEET_TEXT,    /* text[v] of the row */
	SHEET_AMOUNT,  /* thousandths */
	SHEET_WHOLE,   /* W, seconds, a count */
	SHEET_MONEY,   /* 10^-9 of the currency */
	SHEET_TIME,    /* UTC */
	SHEET_PERCENT, /* tenths of a percent */
	SHEET_TRUTH,   /* 0 or 1 */
};

enum {
	SHEET_COLUMNS = 48,
	SHEET_TEXTS = 8,
	SHEET_TEXT_SIZE = 104,
	SHEET_NOTE = 200,
	SHEET_NOTES = 16,
	SHEET_FACTS = 16,
};

struct sheet_column {
	enum sheet_kind kind;
	const char *key; /* in CSV and JSON; NULL: in tables only */
	/*
	 *  Up to three lines above a table's column: "import", "low", "kWh";
	 * 	   a column without a title is not in tables.
	 */
	const char *title, *sub, *unit;
	bool left; /* aligned; else right */
	bool all;  /* show all decimals */
};

struct sheet_row {
	bool is_heading;	 /* only text[0], and only in tables */
	char *text[SHEET_TEXTS]; /* malloc'd; NULL: none */
	uint64_t known, about;	 /* bit c: v[c] is known; is estimated */
	int64_t v[SHEET_COLUMNS];
};

/* A fact about the whole report, for programs. */
struct sheet_fact {
	const char *key;
	enum sheet_kind kind;
	int64_t v;
	char text[SHEET_TEXT_SIZE];
};

struct sheet {
	const char *report;	     /* "consumption" */
	const char *rows;	     /* key of the rows in JSON */
	char title[128], beside[64]; /* above a table, left and right */
	struct sheet_column column[SHEET_COLUMNS];
	int columns;
	int bar;	       /* the column that has bars; -1: none */
	struct sheet_row *row; /* malloc'd */
	size_t n, room;
	bool has_total;
	struct sheet_row total;
	char note[SHEET_NOTES][SHEET_NOTE]; /* below a table */
	int notes;
	struct sheet_fact fact[SHEET_FACTS];
	int facts;
	char point; /* before decimals, in tables */
	bool full;  /* out of memory for a text */
	const struct sheet
		*next; /* written after this one; CSV has only the last */
};

void sheet_init(struct sheet *s, const char *report, const char *rows);
void sheet_free(struct sheet *s); /* safe if zeroed */

/* Add a column. Returns its number; SHEET_COLUMNS is never reached. */
int sheet_add_column(struct sheet *s, struct sheet_column c);

/*
 * Add an empty row. Returns NULL and sets *e if out of memory. The pointer is
 * valid until the next call.
 */
struct sheet_row *sheet_add_row(struct sheet *s, struct err *e);

/* Keep the first n rows. */
void sheet_cut(struct sheet *s, size_t n);

/* Set a number, or text number `which` (below SHEET_TEXTS), once. */
void sheet_set(struct sheet_row *r, int column, int64_t v);
void sheet_set_text(struct sheet *s, struct sheet_row *r, int column, int which,
		    const char *text);

/* Add the lines of a text below the table. */
void sheet_note(struct sheet *s, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

void sheet_fact(struct sheet *s, const char *key, enum sheet_kind kind,
		int64_t v);
void sheet_fact_text(struct sheet *s, const char *key, const char *text);

#endif
