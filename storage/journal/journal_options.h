/* How a journal is opened, and who is told of what happens then. */
#ifndef STORAGE_JOURNAL_JOURNAL_OPTIONS_H
#define STORAGE_JOURNAL_JOURNAL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/db/repairs.h"
#include "storage/db/watch.h"
#include "storage/judge/rules.h"

struct journal_options {
	long interval;	      /* seconds, 1 or more: one kept row each */
	long phases_interval; /* rows of the phases; below interval: as that */
	const char *timezone; /* name of the zone of local days, not "" */
	int64_t now;	      /* UTC of the machine, for the calendar */
	long wait_ms;	      /* longest wait for another writer's lock */
	bool service;	      /* a service that writes every commit_s seconds */
	long commit_s;	      /* noted in the database for `--once` */
	const char *extra;    /* references kept as series of their own, between
	                         blanks or commas; NULL or "": none */
	const char *house; /* identifier of the house's electricity meter, where
			      several send in turn; NULL or "": the oldest */
	struct judge_limits limits; /* what the connection can deliver */
	bool synchronised;	    /* NTP or the like keeps `now` */
	struct repairs repairs;	    /* who is told what was repaired */
	struct watch watch;	    /* who is told how far a conversion is */
};

#endif
