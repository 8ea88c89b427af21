#include "telegram/check_crc.h"

#include <string.h>

#include "telegram/crc16.h"
#include "telegram/endline.h"

/*
 * Run the CRC backwards over all bytes: where it reaches 0 at a '/', the CRC is
 * correct. Returns the offset of the last such '/' that starts a line, else of
 * the last such '/', else of the '!'.
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
 * The same on the assumption that each LF was a CR LF. Stop at a CR: line ends
 * that were translated have none.
 */
static size_t undo_lf(struct span bytes, uint16_t crc)
{
	size_t found = bytes.n - 1;

	for (size_t left = bytes.n; left > 0; left--) {
		const size_t i = left - 1;

		if (bytes.p[i] == '\r')
			break;
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

/* Try the first '/' first: it is usually right. */
size_t check_crc(struct span bytes, uint16_t crc)
{
	const char *first = memchr(bytes.p, '/', bytes.n - 1);
	size_t at = first != NULL ? (size_t)(first - bytes.p) : 0, start;

	if (first != NULL && crc16(0, first, bytes.n - at) == crc)
		return at;
	start = undo(bytes, crc);
	return start < bytes.n - 1 ? start : undo_lf(bytes, crc);
}
