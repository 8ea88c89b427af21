/* Where and how readings are stored (logger/store.h). */
#ifndef LOGGER_STORE_OPTIONS_H
#define LOGGER_STORE_OPTIONS_H

#include <stdbool.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "storage/journal/journal.h"

/* Programs that p1logger starts after commits (logger/follower_processes.h). */
enum follower { FOLLOWER_RRD, FOLLOWER_FLEET, FOLLOWERS };

struct follow_options {
	bool on;
	long every_s; /* the service starts it not more often than this */
};

struct store_options {
	const char *database;
	const char *timezone;	    /* zone of local days, not "" */
	long interval;		    /* seconds between stored rows */
	long phases_interval;	    /* for the phases; never less */
	long commit_s;		    /* seconds between commits of the service */
	const char *extra;	    /* see struct journal_options */
	const char *house, *also;   /* see struct journal_options */
	struct keep_rules keep;	    /* see struct journal_options */
	struct judge_limits limits; /* see struct journal_options */
	bool service;		    /* we are the service */
	bool whole_calendar;	    /* see struct journal_options */
	struct follow_options follow[FOLLOWERS];
	const char *config; /* for the followers; NULL: the default */
	const struct clock *clock;
	const struct log *log; /* for events of the database; NULL if none */
	int signals; /* from signals_open: a signal ends the wait for the lock;
			-1 if none */
};

/*
 * The log level of routine events: cron mails all output of a run, so only
 * a service and a person at a terminal get it.
 */
static inline enum log_level store_news(const struct store_options *o)
{
	return o->service || isatty(STDERR_FILENO) == 1 ? LOG_LEVEL_NOTICE
							: LOG_LEVEL_DEBUG;
}

#endif
