/* The parts of a journal; only for storage/journal/journal*.c. */
#ifndef STORAGE_JOURNAL_JOURNAL_PARTS_H
#define STORAGE_JOURNAL_JOURNAL_PARTS_H

#include "storage/journal/calendar_tables.h"
#include "storage/journal/change_list.h"
#include "storage/journal/database_replaced.h"
#include "storage/journal/derived_tables.h"
#include "storage/journal/flood_limit.h"
#include "storage/journal/obis_inventory.h"
#include "storage/journal/pending_commit.h"
#include "storage/journal/row_writer.h"
#include "storage/journal/thin.h"
#include "storage/journal/validator.h"

struct journal {
	sqlite3 *db;
	struct database_replaced identity;
	long wait_ms;
	long every_s;	     /* 0 unless this is a service */
	int commits;	     /* commits of this session that wrote something */
	bool checkpointed;   /* in this session */
	int64_t held[KINDS]; /* number of readings held since it was opened */
	int64_t others;	     /* meters found that are not the house's */
	size_t candidates_to_judge; /* this many pending make a commit urgent */
	bool urgent;
	struct flood_limit allowance; /* for `pending` and `inventory` */
	struct pending pending;
	struct obis_inventory inventory;
	struct row_writer writer;
	struct validator validator;
	struct calendar_tables calendar;
	struct change_list changes;
	struct thin thin;
};

/* The parts that a change of rows may affect besides the rows. */
struct derived journal_rest(struct journal *j);

#endif
