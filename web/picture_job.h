/* Charts drawn by p1graph on request. */
#ifndef WEB_PICTURE_JOB_H
#define WEB_PICTURE_JOB_H

#include "web/job_queue.h"

struct request;

extern const struct job_kind picture_job_kind;

/* Is this the path of a chart, such as "/graph/gas-day.png"? */
bool picture_job_is(const char *path);

/* Build the key from path, date= and theme=. Returns 0 or ERR_USAGE. */
int picture_job_key(const struct request *r, char key[JOB_KEY], struct err *e);

#endif
