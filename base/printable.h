/*
 * Make untrusted text safe to show: bytes from a meter, a file name, a setting
 * or a client could move a terminal's cursor, forge a log line or reverse the
 * text that follows. Everything that a program prints, logs or writes into a
 * table passes through here: err_set, log_line, print_line and csv_cell do it
 * for their callers.
 *
 * Visible UTF-8 is kept. Control characters (C0, DEL, C1), invalid bytes,
 * zero-width characters and direction marks become \xHH, byte by byte. A
 * backslash is kept, so converting twice changes nothing.
 *
 * Source of the marks: Unicode 15, the general category Cf, and UAX #9.
 */
#ifndef BASE_PRINTABLE_H
#define BASE_PRINTABLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum { PRINTABLE_PIECE = 17 }; /* bytes of one character, NUL included */

/*
 * Take the printable ASCII off the front of *rest, which is usually all of it.
 * Returns an empty span if there is none.
 */
struct span printable_ascii(struct span *rest);

/*
 * Take one character off the front of *rest (not empty) and write it,
 * printable, to `piece`. Returns the length.
 */
size_t printable_next(struct span *rest, char piece[static PRINTABLE_PIECE]);

/*
 * Like printable_next, inside a JSON document. Invisible characters become
 * \uHHHH, which a parser reads as the same text; an invalid byte becomes the
 * Latin-1 character of its value, as in jsonout_text; bytes below 0x20 are
 * kept.
 */
size_t printable_next_json(struct span *rest,
			   char piece[static PRINTABLE_PIECE]);

/*
 * Write `text` to `buf`, printable and NUL-terminated, truncated to `size`
 * bytes (at least 1) at a character boundary. Returns the length.
 */
size_t printable(char *buf, size_t size, struct span text);

enum { PRINTABLE_MAX = 1024 }; /* bytes of a message before truncation */

/* Like printable, for vprintf's arguments. */
size_t printable_format(char *buf, size_t size, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

/* Would `text` be kept unchanged? */
bool is_printable(struct span text);

#endif
