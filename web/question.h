/*
 * Questions to the journal as text, the key of a struct job: path and known
 * parameters, one per line, in a fixed order. So the same question gives the
 * same text for every client.
 */
#ifndef WEB_QUESTION_H
#define WEB_QUESTION_H

#include "web/job.h"
#include "web/request.h"

/*
 * Questions that always take a few milliseconds, and those that may take
 * longer.
 */
extern const struct job_kind question_quick, question_slow;

/*
 * Build the key of a request. Returns 0, or ERR_USAGE if it is longer than any
 * valid question.
 */
int question_key(const struct request *r, char key[JOB_KEY], struct err *e);

struct question {
	char text[JOB_KEY];
	struct request request; /* points to text */
};

/* Restore the request from its key. */
void question_read(struct question *q, const char *key);

#endif
