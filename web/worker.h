/*
 * A thread that asks the journal, so that the loop never waits for the
 * database. It has a connection of its own and one question at a time; who
 * asks keeps the queue.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "web/request.h"

struct web;
struct worker;

enum { WORKER_KEY = 256 }; /* bytes of a question, NUL included */

struct worker_options {
	const struct web *web; /* for its settings; they must outlive it */
	int niceness;	       /* added to that of the process */
	/* Answers the question `key` within the thread; errors are an answer
	 * as well. ERR_FAILED when memory is short. */
	int (*answer)(struct web *w, const char *key, struct answer *a,
		      struct err *e);
	/* Called by the thread when it has answered. */
	void (*wake)(void *ctx);
	void *ctx;
};

/* NULL and *e when the system allows no thread. */
struct worker *worker_start(const struct worker_options *o, struct err *e);

/* Put a question; the newest reading and the counts are those of `now`. Only
 * when it has none, or its answer was taken. */
void worker_ask(struct worker *w, const struct web *now, const char *key);

/* Take the answer, whose body is the caller's; false: there is none yet. */
bool worker_take(struct worker *w, struct answer *a);

/* Nobody wants the answer: it comes soon, and is an error. */
void worker_cancel(struct worker *w);

/* Cancel, and end the thread; NULL is fine. */
void worker_stop(struct worker *w);

#endif
