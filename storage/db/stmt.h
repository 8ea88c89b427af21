/*
 * Prepared statements. Only stmt.c steps them, so one file decides what busy,
 * full, read-only and damaged mean. Values are bound, never printed into SQL.
 */
#ifndef STORAGE_DB_STMT_H
#define STORAGE_DB_STMT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/*
 * SQLite prepares a statement at its first use, so that a short run prepares
 * only those it needs.
 */
struct stmt {
	sqlite3 *db;		/* borrowed */
	char *sql;		/* owned; NULL once prepared */
	sqlite3_stmt *prepared; /* owned; NULL: not used yet */
};

/*
 * Copy `sql` for the first use of the statement. Returns 0 or ERR_FAILED;
 * errors in the text are reported by the first stmt_next or stmt_run.
 */
int stmt_open(struct stmt *s, sqlite3 *db, const char *sql, struct err *e);

/* The same with text made by sqlite3_str_new, which the statement then owns. */
int stmt_open_text(struct stmt *s, sqlite3 *db, sqlite3_str *sql,
		   struct err *e);
void stmt_close(struct stmt *s); /* safe if zeroed */
bool stmt_is_open(const struct stmt *s);

/*
 * Open n statements at once, except those with a NULL text. If one fails, those
 * before it stay open.
 */
int stmt_open_all(struct stmt *s, sqlite3 *db, const char *const *sql, size_t n,
		  struct err *e);
void stmt_close_all(struct stmt *s, size_t n);

/* Parameters count from 1. Unbound ones are NULL. */
int stmt_parameters(struct stmt *s);

/* Columns count from 0. Invalid SQL has no columns and no parameters. */
int stmt_columns(struct stmt *s);
const char *stmt_column_name(struct stmt *s,
			     int column); /* until the next row */
void stmt_bind(struct stmt *s, int at, int64_t v);
void stmt_bind_all(struct stmt *s, const int64_t *v, int n);	/* 1 to n */
void stmt_bind_text(struct stmt *s, int at, struct span text);	/* copied */
void stmt_bind_blob(struct stmt *s, int at, struct span bytes); /* copied */

/*
 * Returns 1 if there is a row, 0 at the end (the statement is then reset), or a
 * negative code.
 */
int stmt_next(struct stmt *s, struct err *e);

/* Drop the remaining rows and the parameters. */
void stmt_reset(struct stmt *s);

/*
 * Run a statement that returns no rows. Returns the number of rows it changed,
 * or a negative code.
 */
int stmt_run(struct stmt *s, struct err *e);

/*
 * Read a column of the current row; columns count from 0. NULL reads as 0.
 *
 * A file may be damaged, or changed by a person: whatever it holds, numbers
 * read from it lie within bounds that leave room to add and multiply. stmt_int
 * returns the nearest value within +-STMT_MOST, stmt_time a time between 1970
 * and STMT_LAST_TIME. Only stmt_key returns the number as it is, to find a row
 * by it or compare it.
 */
#define STMT_MOST INT64_C(1000000000000000) /* 12 digits, in thousandths */
#define STMT_LAST_TIME INT64_C(4102444800)  /* 2100-01-01, UTC seconds */
int64_t stmt_int(struct stmt *s, int column);
int64_t stmt_time(struct stmt *s, int column);
int64_t stmt_key(struct stmt *s, int column);
const char *stmt_string(struct stmt *s,
			int column); /* as stmt_text; not NULL */
bool stmt_is_null(struct stmt *s, int column);
bool stmt_is_number(struct stmt *s, int column);
int stmt_type(struct stmt *s, int column);	   /* SQLITE_INTEGER, ... */
struct span stmt_text(struct stmt *s, int column); /* until the next row */

/*
 * Step once and read the first column of the row into *out; NULL or no row
 * reads as `none`. Resets the statement. Returns 0 or a negative code.
 */
int stmt_value(struct stmt *s, int64_t none, int64_t *out, struct err *e);
int stmt_value_time(struct stmt *s, int64_t none, int64_t *out, struct err *e);

/* Prepare, step and close in one go, for single use. */
int stmt_exec(sqlite3 *db, const char *sql, struct err *e);
int stmt_exec_text(sqlite3 *db, sqlite3_str *sql, struct err *e);
int stmt_exec_script(sqlite3 *db, const char *sql, struct err *e);
int stmt_ask(sqlite3 *db, const char *sql, int64_t *out, struct err *e);

/*
 * The same with parameters 1 to n; those that the text lacks are ignored.
 * stmt_exec_with returns how many rows it changed, stmt_ask_with reads NULL or
 * no row as `none`.
 */
int stmt_exec_with(sqlite3 *db, const char *sql, const int64_t *v, int n,
		   struct err *e);
int stmt_ask_with(sqlite3 *db, const char *sql, const int64_t *v, int n,
		  int64_t none, int64_t *out, struct err *e);

#endif
