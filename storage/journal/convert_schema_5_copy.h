/*
 * The new file of a conversion (convert_schema_5.h): copy the rows and derive the rest.
 */
#ifndef STORAGE_JOURNAL_CONVERT_SCHEMA_5_COPY_H
#define STORAGE_JOURNAL_CONVERT_SCHEMA_5_COPY_H

#include <sqlite3.h>
#include <stdbool.h>

#include "storage/db/backup_rotation.h"
#include "storage/journal/journal_options.h"

struct conversion {
	const struct journal_options *o;
	char path[ROTATION_PATH];  /* the old file */
	char next[ROTATION_PATH];  /* the new one while it is written */
	char ready[ROTATION_PATH]; /* its name once it is complete */
	sqlite3 *from, *to;
	int64_t expected; /* estimated bytes of the new file */
	int64_t look_ms;  /* monotonic time of the next call of the watch */
	bool stopped;	  /* by the watch */
};

/* Call the watch regularly while the connection works, from now on. */
void convert_watch(struct conversion *c, sqlite3 *db);

/* Send the watch a sentence, formatted as by printf. */
void __attribute__((format(printf, 2, 3)))
convert_say(const struct conversion *c, const char *fmt, ...);

/*
 * Write everything in c->from, while nobody writes to it, to a new file at
 * c->next, which c->to has open, and derive what is not copied. Returns 0 or a
 * negative code.
 */
int convert_copy(struct conversion *c, struct err *e);

#endif
