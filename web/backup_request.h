/* What p1web asks p1logger for over the service's socket: logger/requests.h. */
#ifndef WEB_BACKUP_REQUEST_H
#define WEB_BACKUP_REQUEST_H

#include <stdio.h>

#include "base/span.h"
#include "web/job.h"

extern const struct job_kind backup_request_backup, backup_request_check;

/*
 * Write the JSON object that p1logger answered, with the number that it calls
 * `key` once more in front, as `name`. ERR_FORMAT when it has none.
 */
int backup_request_tell(struct span answer, const char *key, const char *name,
			FILE *out, struct err *e);

#endif
