/* Convert the settings of forwarding to the structs of forward/. */
#ifndef LOGGER_OUTPUTS_H
#define LOGGER_OUTPUTS_H

#include "base/ini_settings.h"
#include "forward/forward.h"

struct outputs {
	struct forward_settings forward; /* points to the other members */
	struct forward_port ports[INI_PAIRS_MAX];
	char feed[SETTING_SOCKET], elsewhere[SETTING_SOCKET];
};

/* Fill *out, which borrows from s and must not be moved. */
void outputs_of(const struct ini_settings *s, struct outputs *out);

/* See forward_check. */
int outputs_check(const struct ini_settings *s, struct err *e);

#endif
