#include "telegram/find_start.h"

#include <string.h>

#include "telegram/endline.h"
#include "telegram/lines.h"

enum { MAKER = 4 }; /* length of '/' and three letters */

size_t find_start(struct span bytes)
{
	struct span rest = bytes, before;
	size_t i = bytes.n, line;

	while (span_cut(&rest, '/', &before)) {
		size_t at = (size_t)(before.p - bytes.p) + before.n;

		if (header_begins(span_skip(bytes, at)) > 0)
			i = at;
	}
	if (i == bytes.n)
		return i;
	for (line = i; !line_starts(bytes, line); line--)
		;
	if (!header_starts(span_skip(bytes, line)) ||
	    memcmp(bytes.p + line, bytes.p + i, MAKER) == 0)
		return i;
	return line;
}
