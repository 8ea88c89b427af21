#include "telegram/begin.h"

#include <stdbool.h>
#include <string.h>

#include "telegram/crc16.h"
#include "telegram/endline.h"
#include "telegram/lines.h"

enum { MAKER = 4 }; /* length of '/' and three letters */

/*
 * Run the CRC backwards over all bytes: where it reaches 0 at a '/', it is
 * right. Returns the last that starts a line, else the last; the offset of the
 * '!' if there is none.
 */
static size_t undo(struct span bytes, uint16_t crc)
{
	size_t found = bytes.n - 1;

	for (size_t i = bytes.n; crc16_undo_to(bytes.p, &i, &crc, '/');) {
		if (line_starts(bytes, i))
			return i;
		if (found == bytes.n - 1)
			found = i;
	}
	return found;
}

/*
 * The same, assuming that each LF was a CR LF, except where it still is, because
 * there a CR was lost on the line.
 */
static size_t undo_lf(struct span bytes, uint16_t crc)
{
	size_t found = bytes.n - 1;

	for (size_t i = bytes.n; i-- > 0 && bytes.p[i] != '\r';) {
		crc = crc16_undo(crc, (unsigned char)bytes.p[i]);
		if (bytes.p[i] == '\n')
			crc = crc16_undo(crc, '\r');
		if (bytes.p[i] != '/' || crc != 0)
			continue;
		if (line_starts(bytes, i))
			return i;
		if (found == bytes.n - 1)
			found = i;
	}
	return found;
}

/* Usually the first '/' is right. */
size_t begin_by_crc(struct span bytes, uint16_t crc)
{
	const char *first = memchr(bytes.p, '/', bytes.n - 1);
	size_t at = first != NULL ? (size_t)(first - bytes.p) : 0, start;

	if (first != NULL && crc16(0, first, bytes.n - at) == crc)
		return at;
	start = undo(bytes, crc);
	return start < bytes.n - 1 ? start : undo_lf(bytes, crc);
}

size_t begin_by_header(struct span bytes)
{
	const char *slash = NULL, *last = NULL;
	struct span rest = bytes;
	size_t i, line;

	while ((slash = rest.n > 0 ? memchr(rest.p, '/', rest.n) : NULL) !=
	       NULL) {
		rest = span_skip(bytes, (size_t)(slash - bytes.p));
		if (header_begins(rest) > 0)
			last = slash;
		rest = span_skip(rest, 1);
	}
	if (last == NULL)
		return bytes.n;
	i = (size_t)(last - bytes.p);
	for (line = i; !line_starts(bytes, line); line--)
		;
	if (!header_starts(span_skip(bytes, line)) ||
	    memcmp(bytes.p + line, bytes.p + i, MAKER) == 0)
		return i;
	return line;
}
