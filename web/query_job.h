/*
 * Queries of the journal as text, the key of a struct job: path and known
 * parameters, one per line, in a fixed order. So the same query gives the same
 * text for every client.
 */
#ifndef WEB_QUERY_JOB_H
#define WEB_QUERY_JOB_H

#include "web/job_queue.h"
#include "web/request.h"

/*
 * Queries that always take a few milliseconds, and those that may take longer.
 */
extern const struct job_kind query_job_quick, query_job_slow;

/*
 * Build the key of a request. Returns 0, or ERR_USAGE if it is longer than that
 * of any valid query.
 */
int query_job_key(const struct request *r, char key[JOB_KEY], struct err *e);

struct query_job {
	char text[JOB_KEY];
	struct request request; /* points to text */
};

/* Restore the request from its key. */
void query_job_read(struct query_job *q, const char *key);

#endif
