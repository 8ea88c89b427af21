#include "telegram/reading.h"

#include <stdio.h>

const char *medium_name(enum medium m)
{
	static const char *const names[MEDIUM_COUNT] = {
		[MEDIUM_ELECTRICITY] = "electricity",
		[MEDIUM_GAS] = "gas",
		[MEDIUM_HEAT] = "heat",
		[MEDIUM_COLD] = "cold",
		[MEDIUM_WATER] = "water",
		[MEDIUM_WARM_WATER] = "warm_water",
	};

	return m > MEDIUM_UNKNOWN && m < MEDIUM_COUNT ? names[m] : NULL;
}

char *medium_text(char buf[static MEDIUM_TEXT], const struct mbus *m)
{
	const char *name = medium_name(m->medium);

	if (name != NULL)
		memcpy(buf, name, strlen(name) + 1);
	else
		snprintf(buf, MEDIUM_TEXT, "type-%03u",
			 (unsigned)m->type % 1000u);
	return buf;
}
