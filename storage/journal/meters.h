/*
 * The meters that readings came from, and their numbers in the database.
 *
 * A meter is known by its equipment identifier, ignoring case.
 * storage/journal/identify_meter.h finds the meter of a reading without one.
 */
#ifndef STORAGE_JOURNAL_METERS_H
#define STORAGE_JOURNAL_METERS_H

#include "storage/db/stmt.h"
#include "storage/judge/chain_head.h"
#include "storage/judge/meter_kind.h"
#include "telegram/reading.h"

enum {
	METER_NAME = 256, /* bytes of an identifier that distinguish meters */
	METERS_BESIDE = 4,
	METERS_MOST = 64, /* in the list, between commits */
};

/* What identifies a meter, apart from its identifier. */
struct meter_key {
	char medium[MEDIUM_TEXT];
	enum medium kind;
	enum unit unit; /* unit of its counter */
	int channel;	/* identifies a meter without identifier; else 0 */
};

struct meter {
	int64_t id;	  /* in the database; 0 until read */
	char *identifier; /* as sent; "" if none */
	struct meter_key key;
	int was_channel; /* channel before it got an identifier */
	int64_t was_id;	 /* its id at that time; 0: it had none */
	bool renamed;	 /* it got an identifier that is not committed yet */
	/*
	 * Its readings are not the house's (other_meters.h): the number of the
	 * electricity meter that says so; negative: they are added to the
	 * house's; 0: they are the house's
	 */
	int64_t other;
	bool looked; /* its mark was read from the database */
	bool head_known;
	struct chain_head head; /* of its readings, including pending ones */
	/*
	 * Indexes of electricity meters whose telegrams it was seen in; the
	 * oldest is overwritten
	 */
	int came_with[METERS_BESIDE];
	unsigned beside; /* number stored, overwritten ones included */
};

enum { METERS_STATEMENTS = 4 };

struct meters {
	struct meter *list;
	int n;
	struct stmt s[METERS_STATEMENTS];
};

int meters_open(struct meters *m, sqlite3 *db, struct err *e);
void meters_close(struct meters *m); /* safe if zeroed */

/* Set the medium, its kind and the unit from their names in the table meter. */
void meters_kind(struct meter_key *k, struct span medium, struct span unit);

/*
 * Describe the electricity meter of a reading, or the meter of one of its M-Bus
 * values.
 */
struct meter_key meters_wanted(void);
struct meter_key meters_wanted_mbus(const struct mbus *b);

/*
 * Find the meter with this identifier, or add it to the list. Returns its
 * index, or ERR_FAILED if out of memory. meters_look_up returns -1 instead of
 * adding.
 */
int meters_find(struct meters *m, const struct meter_key *wanted,
		struct span identifier, struct err *e);
int meters_look_up(const struct meters *m, const struct meter_key *wanted,
		   struct span identifier);

/* Remove the meter that was just added. */
void meters_drop_last(struct meters *m);

/*
 * Give an identifier to the meter at index `i`, which has none. Returns 0 or
 * ERR_FAILED.
 */
int meters_rename(struct meters *m, int i, struct span identifier,
		  struct err *e);

/*
 * Was the meter with this identifier, the electricity meter of a reading, or the
 * meter of one of its M-Bus values seen before? One that cannot be searched for
 * now counts as not seen.
 */
bool meters_saw(struct meters *m, const struct meter_key *wanted,
		struct span identifier);
bool meters_saw_reading(struct meters *m, const struct reading *r);
bool meters_saw_mbus(struct meters *m, const struct mbus *b);

/*
 * Clear the list: indexes are no longer valid. The database keeps what was
 * written.
 */
void meters_forget_all(struct meters *m);

/*
 * Set *id to the number of the meter at index `i`; assign one if it has none.
 * Returns 0 or a negative code.
 */
int meters_id(struct meters *m, int i, int64_t *id, struct err *e);

/*
 * Returns the index of the meter with this number, or ERR_FAILED if there is
 * none.
 */
int meters_of_id(struct meters *m, int64_t id, struct err *e);

/*
 * Set *id to the number of the meter at index `i`, or to 0 if it has none yet.
 * Returns 0 or a negative code.
 */
int meters_look(struct meters *m, int i, int64_t *id, struct err *e);

/* Forget the numbers: they may have been rolled back. */
void meters_forget_ids(struct meters *m);

/*
 * Is the meter with this identifier not the house's? Sets *other. Returns 0 or
 * a negative code.
 */
int meters_other(struct meters *m, const struct meter_key *wanted,
		 struct span identifier, bool *other, struct err *e);

/*
 * Set the mark of the meter with this number, if it is in the list.
 */
void meters_mark(struct meters *m, int64_t id, int64_t other);

/* Returns how its readings are judged, and which table they are in. */
static inline enum kind meters_kind_of(const struct meter *m, bool electric)
{
	return !electric       ? KIND_MBUS
	       : m->other != 0 ? KIND_OTHER
			       : KIND_ELECTRICITY;
}

/* Record that everything was written, including identifiers. */
void meters_written(struct meters *m);

#endif
