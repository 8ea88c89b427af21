/* The statements that write pending readings to their tables. */
#ifndef STORAGE_JOURNAL_ROW_STATEMENTS_H
#define STORAGE_JOURNAL_ROW_STATEMENTS_H

#include "storage/db/stmt.h"
#include "storage/journal/pending_commit.h"

/* Tables with a row per change, not per interval. */
enum rare_table { RARE_QUALITY, RARE_STATE, RARE_TABLES };

struct row_statements {
	struct stmt electricity, phases, value, fold;
	struct stmt phases_free; /* for a row known to be new */
	struct stmt rare[RARE_TABLES], rare_merge[RARE_TABLES];
	struct stmt event[EVENT_KINDS], event_merge[EVENT_KINDS];
};

int row_statements_open(struct row_statements *w, sqlite3 *db, struct err *e);
void row_statements_close(struct row_statements *w); /* safe if zeroed */

/*
 * Each returns how many rows it added: 0 if the database has the row, or
 * another one of the same interval; negative: an error. An interval of 0 means
 * that there is no other row, which saves the search.
 */
int row_statements_electricity(struct row_statements *w,
			       const struct pending_row *r, int64_t meter,
			       struct err *e);

/* Count more telegrams in the row of a meter at `ts`. */
int row_statements_fold(struct row_statements *w, int64_t meter, int64_t ts,
			int64_t weight, struct err *e);
int row_statements_phases(struct row_statements *w, const struct pending_row *r,
			  long interval, struct err *e);
int row_statements_rare(struct row_statements *w, const struct pending_row *r,
			struct err *e);
int row_statements_value(struct row_statements *w, int64_t meter,
			 const struct pending_value *v, struct err *e);

/* `meter` is the database number of the meter of an EVENT_IDENTITY. */
int row_statements_event(struct row_statements *w, const struct event *n,
			 int64_t meter, struct err *e);

#endif
