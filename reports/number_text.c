#include "reports/number_text.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/fixed.h"

char *number_text(char buf[static NUMBER_TEXT], int64_t v, int scale,
		  int decimals, char point)
{
	int64_t drop = fixed_ten_to(scale - decimals);
	int64_t size = v < 0 ? -v : v, parts = fixed_ten_to(decimals);

	size = size / drop + (size % drop * 2 >= drop && drop > 1);
	if (decimals == 0)
		snprintf(buf, NUMBER_TEXT, "%s%" PRId64,
			 v < 0 && size > 0 ? "-" : "", size);
	else
		snprintf(buf, NUMBER_TEXT, "%s%" PRId64 "%c%0*" PRId64,
			 v < 0 && size > 0 ? "-" : "", size / parts, point,
			 decimals, size % parts);
	return buf;
}
