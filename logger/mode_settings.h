/*
 * Load and check the settings of a run, and select what each mode of p1logger
 * needs.
 */
#ifndef LOGGER_MODE_SETTINGS_H
#define LOGGER_MODE_SETTINGS_H

#include "base/all_settings.h"
#include "base/localday.h"
#include "base/log.h"
#include "logger/meter_options.h"
#include "logger/options.h"
#include "logger/service_requests.h"
#include "logger/settings_to_outputs.h"
#include "logger/store_options.h"
#include "logger/today_totals.h"

/* Everything the modes work with. */
struct mode_settings {
	struct arguments args;
	struct all_settings settings;
	struct settings_to_outputs outputs; /* borrows from the settings */
	struct meter_options meter;
	struct keep_rules keep;
	struct amounts prices; /* empty if a price setting, which p1web checks,
				  is wrong */
	char zone[LOCALDAY_ZONE];
	struct log log;
};

/* The settings file, for messages. */
const char *mode_settings_config(const struct mode_settings *p);

/*
 * Load the file of p->args, check what the mode needs, and set the time zone of
 * the process. Returns 0, or a negative code with *p unchanged.
 */
int mode_settings_load(struct mode_settings *p, struct err *e);

/*
 * Where and how this run stores readings; borrows from *p. `signals` is from
 * signals_open, or -1.
 */
struct store_options mode_settings_store(const struct mode_settings *p,
					 int signals);

/* For the costs of the day; borrows from *p. */
struct today_options mode_settings_today(const struct mode_settings *p);

/*
 * How the service takes requests; borrows from *p, and `socket`, which it
 * fills. Without a backup folder there is nothing to request, and the socket is
 * "".
 */
struct requests_options mode_settings_requests(const struct mode_settings *p,
					       char socket[SETTING_SOCKET]);

#endif
