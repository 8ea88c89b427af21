#include "web/query_thread.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "web/handler_data.h"

enum state { IDLE, ASKED, ANSWERED };

/*
 * No lock: a low-priority thread must not hold one that the event loop waits
 * for. Non-atomic fields belong to the thread while it is ASKED, else to the
 * loop.
 */
struct query_thread {
	struct query_thread_options o;
	pthread_t thread;
	sem_t asked;
	_Atomic enum state state;
	atomic_bool ends, cancelled;
	struct handler_data web;
	char key[QUERY_THREAD_KEY];
	struct answer answer;
};

static void answer(struct query_thread *w)
{
	struct err e = { 0 };

	w->answer = (struct answer){ .status = 500 };
	if (w->o.answer(&w->web, w->key, &w->answer, &e) < 0)
		w->answer = (struct answer){ .status = 500 };
	w->state = ANSWERED;
	w->o.wake(w->o.ctx);
}

static void *work(void *ctx)
{
	struct query_thread *w = ctx;

	/* Linux has a niceness per thread; 0 is this one. */
	setpriority(PRIO_PROCESS, 0,
		    getpriority(PRIO_PROCESS, 0) + w->o.niceness);
	while (!w->ends)
		if (sem_wait(&w->asked) == 0 && w->state == ASKED)
			answer(w);
	return NULL;
}

/* Signals are left to the event loop. */
static int start(struct query_thread *w)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	rc = pthread_create(&w->thread, NULL, work, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

struct query_thread *query_thread_start(const struct query_thread_options *o,
					struct err *e)
{
	struct query_thread *w = calloc(1, sizeof(*w));
	int rc;

	if (w == NULL) {
		err_memory(e);
		return NULL;
	}
	w->o = *o;
	handler_data_copy_settings(&w->web, o->web);
	w->web.cancelled = &w->cancelled;
	sem_init(&w->asked, 0, 0);
	rc = start(w);
	if (rc == 0)
		return w;
	err_set(e, ERR_FAILED, "cannot start a thread: %s", strerror(rc));
	free(w);
	return NULL;
}

void query_thread_ask(struct query_thread *w, const struct handler_data *now,
		      const char *key)
{
	handler_data_copy_newest(&w->web, now);
	snprintf(w->key, sizeof(w->key), "%s", key);
	w->cancelled = false;
	w->state = ASKED;
	sem_post(&w->asked);
}

bool query_thread_take(struct query_thread *w, struct answer *a)
{
	if (w->state != ANSWERED)
		return false;
	*a = w->answer;
	w->answer = (struct answer){ 0 };
	w->state = IDLE;
	return true;
}

void query_thread_cancel(struct query_thread *w)
{
	w->cancelled = true;
}

void query_thread_stop(struct query_thread *w)
{
	if (w == NULL)
		return;
	query_thread_cancel(w);
	w->ends = true;
	sem_post(&w->asked);
	pthread_join(w->thread, NULL);
	handler_data_close(&w->web);
	free(w->answer.body);
	sem_destroy(&w->asked);
	free(w);
}
