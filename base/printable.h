/*
 * Text from outside, made safe to show: a meter, a file name, a setting or a
 * client may hold bytes that move a terminal's cursor, begin a line of a log or
 * turn the direction of what follows. Everything that a program prints, logs or
 * writes into a table goes through here: err_set, log_line, print_line and
 * csv_cell do it for their callers.
 *
 * What stays is UTF-8 that is seen: no control character (C0, DEL, C1), no
 * invalid byte, no mark without a width or that changes the direction. Each
 * byte of the rest is written \xHH. A backslash stays, so text that went
 * through once comes out the same the second time.
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
 * Take the printable ASCII off the front of *rest, which most text is all of:
 * it stays as it is. Empty where there is none.
 */
struct span printable_ascii(struct span *rest);

/*
 * Take one character off the front of *rest, which is not empty, and write it
 * into `piece`, printable. Returns the length.
 */
size_t printable_next(struct span *rest, char piece[static PRINTABLE_PIECE]);

/*
 * The same inside of a JSON document. Characters that are not seen are written
 * \uHHHH, which is the same text to a parser, and an invalid byte as the
 * Latin-1 letter of its number, as jsonout_text does; bytes below a blank stay.
 */
size_t printable_next_json(struct span *rest,
			   char piece[static PRINTABLE_PIECE]);

/*
 * Write `text` into `buf`, printable and with a NUL; what does not fit into
 * `size` bytes (at least 1) is left out, whole characters only. Returns the
 * length.
 */
size_t printable(char *buf, size_t size, struct span text);

enum { PRINTABLE_MAX = 1024 }; /* bytes of a sentence, before it is cut */

/* The same of a sentence as vprintf makes it. */
size_t printable_format(char *buf, size_t size, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

/* Returns whether `text` stays as it is. */
bool is_printable(struct span text);

#endif
