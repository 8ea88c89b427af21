/*
 * Requests from p1web to p1logger over the service's socket
 * (logger/service_requests.h).
 */
#ifndef WEB_BACKUP_REQUEST_H
#define WEB_BACKUP_REQUEST_H

#include <stdio.h>

#include "base/span.h"
#include "web/job_queue.h"

extern const struct job_kind backup_request_backup, backup_request_check;

/*
 * Write the JSON object that p1logger returned, with the number under its `key`
 * repeated in front as `name`. ERR_FORMAT if it has no such number.
 */
int backup_request_write(struct span answer, const char *key, const char *name,
			 FILE *out, struct err *e);

#endif
