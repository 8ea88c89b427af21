/*
 * A thread that queries the journal, so that the event loop never waits for the
 * database. It has its own connection and runs one query at a time; the caller
 * keeps the queue.
 */
#ifndef WEB_QUERY_THREAD_H
#define WEB_QUERY_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "web/request.h"

struct handler_data;
struct query_thread;

enum { QUERY_THREAD_KEY = 256 }; /* size of a query's key, NUL included */

struct query_thread_options {
	const struct handler_data
		*web; /* for its settings; must outlive the thread */
	int niceness; /* added to the process's */
	/*
	 * Respond to the query `key` in the thread; an error is a response too.
	 * Returns 0, or ERR_FAILED if out of memory.
	 */
	int (*answer)(struct handler_data *w, const char *key, struct answer *a,
		      struct err *e);
	/* Called by the thread after each response. */
	void (*wake)(void *ctx);
	void *ctx;
};

/* Returns NULL and sets *e if the system refuses a thread. */
struct query_thread *query_thread_start(const struct query_thread_options *o,
					struct err *e);

/*
 * Start a query; the newest reading and the counters are those of `now`. Call
 * it only if the thread is idle or its response was taken.
 */
void query_thread_ask(struct query_thread *w, const struct handler_data *now,
		      const char *key);

/*
 * Take the response; its body then belongs to the caller. Returns false if
 * there is none yet.
 */
bool query_thread_take(struct query_thread *w, struct answer *a);

/*
 * Cancel the query: its response is no longer wanted, comes soon and is an
 * error.
 */
void query_thread_cancel(struct query_thread *w);

/* Cancel and end the thread; NULL is fine. */
void query_thread_stop(struct query_thread *w);

#endif
