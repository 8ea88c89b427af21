#include "forward/ha_manufacturer.h"

#include <strings.h>

static const struct {
	char letters[4];
	const char *name;
} makers[] = {
	{ "ADN", "Aidon" },	 { "EBZ", "eBZ" },
	{ "ENE", "Sagemcom" },	 { "ESY", "EasyMeter" },
	{ "ISK", "Iskraemeco" }, { "KAM", "Kamstrup" },
	{ "KFM", "Kaifa" },	 { "KMP", "Kamstrup" },
	{ "LGF", "Landis+Gyr" }, { "LGZ", "Landis+Gyr" },
	{ "SAG", "Sagemcom" },	 { "XMX", "Xemex" },
};

const char *ha_manufacturer(struct span header)
{
	struct span letters = span_skip(header, 1);

	for (size_t i = 0; letters.n >= 3 && i < COUNT(makers); i++)
		if (strncasecmp(letters.p, makers[i].letters, 3) == 0)
			return makers[i].name;
	return NULL;
}
