/*
 * The settings of a run, loaded and checked, and what the modes of p1logger get
 * of them.
 */
#ifndef LOGGER_PROGRAM_H
#define LOGGER_PROGRAM_H

#include "base/localday.h"
#include "base/log.h"
#include "base/settings.h"
#include "logger/meter_options.h"
#include "logger/options.h"
#include "logger/outputs.h"
#include "logger/requests.h"
#include "logger/store_options.h"

/* Everything the modes work with. */
struct program {
	struct arguments args;
	struct settings settings;
	struct outputs outputs; /* borrows from the settings */
	struct meter_options meter;
	char zone[LOCALDAY_ZONE];
	struct log log;
};

/* The settings file, for messages. */
const char *program_config(const struct program *p);

/*
 * Load the file of p->args, check what the mode needs, and set the time zone of
 * the process. Returns 0, or a negative code with *p unchanged.
 */
int program_load(struct program *p, struct err *e);

/*
 * Where and how this run stores readings; borrows from *p. `signals` is from
 * sig_open, or -1.
 */
struct store_options program_store(const struct program *p, int signals);

/*
 * How the service takes requests; borrows from *p, and `socket`, which it fills.
 * Without a backup folder there is nothing to request: the socket is "".
 */
struct requests_options program_requests(const struct program *p,
					 char socket[SETTING_SOCKET]);

#endif
