/* The new file of a conversion (convert.h): written, and derived. */
#ifndef STORAGE_JOURNAL_CONVERT_COPY_H
#define STORAGE_JOURNAL_CONVERT_COPY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "storage/db/rotation.h"
#include "storage/journal/journal_options.h"

struct conversion {
	const struct journal_options *o;
	char path[GENERATION_PATH];  /* of the old file */
	char next[GENERATION_PATH];  /* of the new one while it is written */
	char ready[GENERATION_PATH]; /* and when it is complete */
	sqlite3 *from, *to;
	int64_t expected; /* bytes of the new file, about */
	int64_t look_ms;  /* monotonic, when the watch is told again */
	bool stopped;	  /* by the watch */
};

/* Let the watch see what the connection does from now on. */
void convert_watch(struct conversion *c, sqlite3 *db);

/* Tell the watch a sentence, printf style. */
void __attribute__((format(printf, 2, 3)))
convert_say(const struct conversion *c, const char *fmt, ...);

/*
 * Write all that c->from holds, in which nobody writes meanwhile, to a new file
 * at c->next, and derive what is not copied. c->to has it open. 0 or negative.
 */
int convert_copy(struct conversion *c, struct err *e);

#endif
