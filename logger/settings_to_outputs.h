/* Convert the settings of forwarding to the structs of forward/. */
#ifndef LOGGER_SETTINGS_TO_OUTPUTS_H
#define LOGGER_SETTINGS_TO_OUTPUTS_H

#include "base/all_settings.h"
#include "forward/outputs.h"

struct settings_to_outputs {
	struct outputs_settings forward; /* points to the other members */
	struct outputs_port ports[INI_PAIRS_MAX];
	char feed[SETTING_SOCKET], elsewhere[SETTING_SOCKET];
	char page[SETTING_PATH]; /* URL of p1web's page; "": not known */
};

/* Fill *out, which borrows from s and must not be moved. */
void settings_to_outputs(const struct all_settings *s,
			 struct settings_to_outputs *out);

/* See outputs_check. */
int settings_to_outputs_check(const struct all_settings *s, struct err *e);

#endif
