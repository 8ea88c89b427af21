/*
 * What the service has counted since it started. p1web gets it with each
 * reading, as lines of text: docs/forward.md, "The feed".
 */
#ifndef FORWARD_SERVICE_COUNTS_H
#define FORWARD_SERVICE_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "telegram/framer.h"

struct service_counts {
	int64_t telegrams; /* read, including those of other meters */
	int64_t refused[REFUSAL_COUNT];
};

enum { SERVICE_COUNTS_TEXT = 512 }; /* enough for the text, NUL included */

/* Write "telegrams 7\nrefused crc 2\n". Returns the length. */
size_t service_counts_write(char buf[static SERVICE_COUNTS_TEXT],
			    const struct service_counts *c);

/*
 * Read such a text; counts that it lacks are 0, and lines that only other
 * versions know are skipped.
 */
void service_counts_read(struct service_counts *c, struct span text);

#endif
