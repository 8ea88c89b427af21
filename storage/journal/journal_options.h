/* Options for opening a journal, and the callbacks that report what happens. */
#ifndef STORAGE_JOURNAL_JOURNAL_OPTIONS_H
#define STORAGE_JOURNAL_JOURNAL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/db/progress_watch.h"
#include "storage/db/repair_report.h"
#include "storage/journal/keep_rules.h"
#include "storage/judge/can_follow.h"

struct journal_options {
	long interval;	      /* seconds per stored row, 1 or more */
	long phases_interval; /* seconds per row of phases; at least `interval` */
	const char *timezone; /* name of the zone of local days, not "" */
	int64_t now;	      /* UTC of the machine, for the calendar */
	long wait_ms;	      /* longest wait for another writer's lock */
	bool service;	      /* a service that writes every commit_s seconds */
	bool whole_calendar;  /* look for holes in all years, like a service */
	long commit_s;	      /* written to the database for `--once` */
	/*
	 * References stored as series of their own, separated by blanks or
	 * commas; NULL or "" if none
	 */
	const char *extra;
	/*
	 * Identifier of the house's electricity meter, if several take turns;
	 * NULL or "": the one seen first
	 */
	const char *house;
	/*
	 * Identifiers of meters whose readings are added to the house's,
	 * separated as in `extra`
	 */
	const char *also;
	struct judge_limits limits;   /* what the connection can deliver */
	struct keep_rules keep;	      /* see journal_thin */
	bool synchronised;	      /* `now` is kept by NTP or similar */
	struct repair_report repairs; /* receives what was repaired */
	struct progress_watch watch;  /* follows the progress of a conversion */
};

#endif
