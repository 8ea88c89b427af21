/* Which dialect of P1 a telegram speaks, for people; nothing depends on it. */
#ifndef LOGGER_KIND_H
#define LOGGER_KIND_H

#include "base/span.h"
#include "telegram/reading.h"

enum { KIND_TEXT = 64 }; /* bytes of kind_text, NUL included */

/* "DSMR 5.0, the Netherlands" of a whole telegram and its reading. Returns buf.
 */
char *kind_text(char buf[static KIND_TEXT], const struct reading *r);

#endif
