/*
 * What a person may want to check: held readings that nobody has decided on, and
 * electricity meters on the port that are not the house's.
 */
#ifndef STORAGE_HISTORY_HELD_LIST_H
#define STORAGE_HISTORY_HELD_LIST_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct held_list;

/*
 * SQL: each medium, and how many of its readings are held and undecided. A
 * medium without a meter has no row.
 */
extern const char held_list_counts[];

/*
 * Held readings of one meter that are held for the same reason, with no
 * accepted one between them; the values are those of the first. Text is
 * borrowed until the next call.
 */
struct held_list_entry {
	int64_t id;	     /* number of the first */
	int64_t ts, last_ts; /* UTC: the first and the last of them */
	int64_t seen_ts;     /* UTC of the machine, when the first was held */
	int64_t readings;    /* rows of the table held */
	int64_t count;	     /* telegrams that they stand for */
	const char *medium, *identifier;
	int64_t meter; /* its number in the database */
	const char *reason;
	const char *name; /* the register: "import_t1", "gas" */
	const char *unit; /* "kWh" */
	int64_t value;	  /* thousandths of it, as are the next two */
	bool has_min, has_max;
	int64_t expected_min, expected_max;
};

/*
 * Read the database at `path`. Returns NULL and sets *e as db_open_reader does.
 */
struct held_list *held_list_open(const char *path, struct err *e);
void held_list_close(struct held_list *r); /* NULL is fine */

/*
 * Like held_list_open, but only for held_list_next_stuck and
 * held_list_next_other, over a connection that belongs to the caller and
 * outlives the list. Returns NULL and sets *e on an error.
 */
struct held_list *held_list_stuck(sqlite3 *db, struct err *e);

/*
 * Get the next entry, in order of time. Returns 1, 0 at the end, or a negative
 * code.
 */
int held_list_next(struct held_list *r, struct held_list_entry *entry,
		   struct err *e);

/*
 * Find the next meter, by number, whose readings of the newest hour or more are
 * all held. *entry is the first of these that the newest one can follow: the
 * one to accept if the meter was reset; its last_ts is the time of the newest
 * one, and its readings and count are 0. *since is the time of the first held
 * one. Returns 1, 0 at the end, or a negative code.
 */
int held_list_next_stuck(struct held_list *r, struct held_list_entry *entry,
			 int64_t *since, struct err *e);

/*
 * An electricity meter that is not the house's. Text is borrowed until the next
 * call.
 */
struct held_list_other {
	const char *identifier;
	const char *house;   /* the house's meter, which takes turns with it */
	int64_t first, last; /* UTC of its readings */
};

/*
 * Get the next such meter, among the first 16 found. Returns 1, 0 at the end,
 * or a negative code.
 */
int held_list_next_other(struct held_list *r, struct held_list_other *other,
			 struct err *e);

/*
 * Name a meter by medium and serial number, "gas G0053", or by its number if it
 * has no identifier. Returns buf.
 */
enum { HELD_LIST_METER = 160 };
char *held_list_meter(char buf[static HELD_LIST_METER],
		      const struct held_list_entry *entry);

/* Describe a result of held_list_next_stuck and say what to do. Returns buf. */
enum { HELD_LIST_SENTENCE = 512 };
char *held_list_sentence(char buf[static HELD_LIST_SENTENCE],
			 const struct held_list_entry *entry, int64_t since);

/* The same for a result of held_list_next_other. */
char *held_list_other_sentence(char buf[static HELD_LIST_SENTENCE],
			       const struct held_list_other *other);

#endif
