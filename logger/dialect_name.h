/* Which dialect of P1 a telegram speaks, for people; nothing depends on it. */
#ifndef LOGGER_DIALECT_NAME_H
#define LOGGER_DIALECT_NAME_H

#include "base/span.h"
#include "telegram/reading.h"

enum { DIALECT_NAME_TEXT = 64 }; /* bytes of dialect_name_text, NUL included */

/* "DSMR 5.0, the Netherlands" of a whole telegram and its reading. Returns buf.
 */
char *dialect_name_text(char buf[static DIALECT_NAME_TEXT],
			const struct reading *r);

#endif
