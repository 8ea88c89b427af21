/*
 * Questions to the journal as a text, the key of a struct job: the path and
 * the parameters that are known, each in a line of its own and always in the
 * same order. So one question is one text for every client.
 */
#ifndef WEB_QUESTION_H
#define WEB_QUESTION_H

#include "web/job.h"
#include "web/request.h"

/* Those that take a few milliseconds whatever is asked, and those that do not. */
extern const struct job_kind question_quick, question_slow;

/* The key of a request. 0, or ERR_USAGE: longer than any question that there is. */
int question_key(const struct request *r, char key[JOB_KEY], struct err *e);

struct question {
	char text[JOB_KEY];
	struct request request; /* points into text */
};

/* The request that a key was made of. */
void question_read(struct question *q, const char *key);

#endif
