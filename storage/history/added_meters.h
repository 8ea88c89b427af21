/*
 * The setting [meter] also: identifiers of electricity meters whose readings are
 * added to the house's, as sent or as printed on the meter, separated by blanks
 * or commas.
 */
#ifndef STORAGE_HISTORY_ADDED_METERS_H
#define STORAGE_HISTORY_ADDED_METERS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

/* Cut the next name off *list. Returns false at the end. */
bool added_meters_next(const char **list, struct span *name);

/*
 * Do two names identify the same meter: equal except for case, or one the
 * hexadecimal form of the other?
 */
bool added_meters_same(struct span a, struct span b);

/* Does the list have a name of the meter with this identifier? */
bool added_meters_names(const char *list, struct span identifier);

/*
 * Call `say` with a sentence for each name of the list: whether the meter is
 * added, is already the house's, or was never seen (`unseen`). The database is
 * opened for reading. Returns 0 or a negative code.
 */
int added_meters_report(const char *database, const char *list,
			void (*say)(void *ctx, bool unseen,
				    const char *sentence),
			void *ctx, struct err *e);

#endif
