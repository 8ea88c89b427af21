/*
 * The state of other_meters.h, also for storage/journal/other_meters_parts.h.
 */
#ifndef STORAGE_JOURNAL_OTHER_METERS_STATE_H
#define STORAGE_JOURNAL_OTHER_METERS_STATE_H

#include "storage/journal/choose_house_meter.h"
#include "storage/journal/commit_progress.h"
#include "storage/journal/other_meters_rows.h"

enum { OTHER_METERS_STATEMENTS = 18 };

/* A reading in a second in which another meter has one. */
struct other_missed {
	int64_t ts, meter;
};

struct other_meters {
	sqlite3 *db;
	struct meters *meters; /* borrowed */
	struct other_rows rows;
	struct stmt s[OTHER_METERS_STATEMENTS];
	struct house_names names;
	struct meters_in_turn turn;
	/* Rows of electricity that this transaction added */
	struct other_range came;
	bool beside; /* perhaps among those of another meter */
	struct other_missed *missed;
	size_t missed_n, missed_room;
	/*
	 * M-Bus meters that were first seen in the telegrams of an electricity
	 * meter, which is b
	 */
	struct meters_in_turn_pair *pairs;
	size_t pairs_n, pairs_room;
	/* Other meters that have new rows */
	int64_t *others;
	size_t others_n, others_room;
	bool all;  /* check everything */
	int found; /* new ones */
};

#endif
