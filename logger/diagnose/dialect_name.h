/* Name a telegram's P1 dialect, for display only. */
#ifndef LOGGER_DIAGNOSE_DIALECT_NAME_H
#define LOGGER_DIAGNOSE_DIALECT_NAME_H

#include "base/span.h"
#include "telegram/reading.h"

enum {
	DIALECT_NAME_TEXT = 64
}; /* buffer size for dialect_name_text, NUL
				    included */

/*
 * "DSMR 5.0, the Netherlands" for a reading of a complete telegram. Returns
 * buf.
 */
char *dialect_name_text(char buf[static DIALECT_NAME_TEXT],
			const struct reading *r);

#endif
