/* What p1web asks p1logger for over the service's socket: logger/requests.h. */
#ifndef WEB_ASKING_H
#define WEB_ASKING_H

#include <stdio.h>

#include "base/span.h"
#include "web/later.h"

extern const struct later_kind asking_backup, asking_check;

/*
 * Write the JSON object that p1logger answered, with the number that it calls
 * `key` once more in front, as `name`. ERR_FORMAT when it has none.
 */
int asking_tell(struct span answer, const char *key, const char *name,
		FILE *out, struct err *e);

#endif
