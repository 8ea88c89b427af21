/* The settings of what is forwarded, as the room forward/ takes them. */
#ifndef LOGGER_OUTPUTS_H
#define LOGGER_OUTPUTS_H

#include "base/settings.h"
#include "forward/forward.h"

struct outputs {
	struct forward_settings forward; /* points to the others */
	struct forward_port ports[CONF_PAIRS_MAX];
	char feed[SETTING_SOCKET], elsewhere[SETTING_SOCKET];
};

/* Fill *out, which then borrows from s and must stay where it is. */
void outputs_of(const struct settings *s, struct outputs *out);

/* Can they work? As forward_check. */
int outputs_check(const struct settings *s, struct err *e);

#endif
