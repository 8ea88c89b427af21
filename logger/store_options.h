/* Where and how readings are kept (logger/store.h). */
#ifndef LOGGER_STORE_OPTIONS_H
#define LOGGER_STORE_OPTIONS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/log.h"
#include "storage/journal/journal.h"

struct store_options {
	const char *database;
	const char *timezone;	    /* name of the zone of local days, not "" */
	long interval;		    /* seconds between kept rows */
	long phases_interval;	    /* of the phases; never less */
	long commit_s;		    /* seconds between commits of the service */
	const char *extra;	    /* as of struct journal_options */
	struct judge_limits limits; /* as of struct journal_options */
	bool service;		    /* we are the service */
	bool follow;		    /* RRD files are kept: start p1rrd */
	const char *config;	    /* for p1rrd; NULL: the usual one */
	const struct clock *clock;
	const struct log *log; /* of what happens to the database; NULL: none */
	int signals; /* of sig_open: one of these ends the wait for the lock;
	                -1: none is caught */
};

#endif
