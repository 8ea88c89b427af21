/*
 * Responses produced outside the event loop: a chart by p1graph, a backup by
 * p1logger, a query of the journal by a thread. Each kind produces one at a
 * time; clients are served in the order of their remaining budget.
 */
#ifndef WEB_JOB_QUEUE_H
#define WEB_JOB_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "base/err.h"
#include "web/client_budget.h"
#include "web/query_thread.h"

struct answer;
struct response_body;
struct job;
struct handler_data;

enum {
	JOB_KEY = QUERY_THREAD_KEY,
	JOB_BYTES = 1 << 20, /* maximum read from a descriptor */
	JOB_QUEUE = 16,	     /* maximum waiting, per kind */
	JOB_OWN = 8,	     /* maximum of one client among them */
	JOB_SLOTS = 128,     /* waiting, running, or reusable */
};

struct job_how {
	const char *config;   /* for the programs; NULL: the default */
	const char *requests; /* p1logger's socket for requests */
	const struct handler_data
		*web;	      /* its newest reading is passed to the workers */
	const char *database; /* path */
	struct query_thread *quick, *slow;
};

/* A kind of response, described by one constant. */
struct job_kind {
	const char *type;  /* MIME type on success; NULL: stated by the
			     response */
	const char *magic; /* the output's first bytes; otherwise it is a
			      sentence */
	long wait_ms;	   /* time limit; it may wait twice as long */
	long fresh_ms;	   /* how long others may get it, too */
	bool reads;	   /* charged to the client's budget, and cancelled
			      if nobody waits for it */
	/*
	 * Start l->key: set l->fd, and l->pid for a process of ours; or
	 * l->worker. Returns 0 or a negative code.
	 */
	int (*begin)(const struct job_how *how, struct job *l, struct err *e);
};

enum job_state { JOB_FREE, JOB_QUEUED, JOB_RUNS, JOB_DONE };

struct job {
	const struct job_kind *kind;
	char key[JOB_KEY]; /* what was requested */
	uint64_t who;	   /* first client that asked: web/client_budget.h */
	enum job_state state;
	int64_t at_ms; /* monotonic time when it entered this state */
	/* While it runs: */
	int fd;			     /* closed by its reader; -1 if none */
	pid_t pid;		     /* 0 if none */
	struct query_thread *worker; /* NULL if none */
	/* When it is done: */
	int status;		    /* HTTP status */
	const char *type;	    /* MIME; NULL: the body is a sentence */
	struct response_body *body; /* NULL if out of memory */
	long retry_s;	  /* seconds until a retry may succeed; 0: unknown */
	bool large;	  /* it asked for too much, and would again ... */
	struct job_file { /* ... of this database */
		dev_t dev;
		ino_t ino;
		off_t size;
	} file;
};

struct jobs {
	const struct clock *clock;
	struct job_how how;
	struct client_budget budget;
	struct job slot[JOB_SLOTS];
};

/*
 * Find a job that is reusable, running or waiting; NULL if there is none. A
 * request refused as too large is refused again for ten minutes while the
 * database is unchanged. A running query of the journal is not shared with new
 * clients: something may have been written since.
 */
struct job *job_find(struct jobs *all, const struct job_kind *kind,
		     const char *key);

/*
 * Queue a job that job_find did not find, for client `who`. Returns NULL if too
 * many are waiting, in total or for this client.
 */
struct job *job_want(struct jobs *all, const struct job_kind *kind,
		     const char *key, uint64_t who);

/*
 * Start the next job that may run: that of the client with the most budget
 * left. Returns NULL if there is none. The job is then running, or done if it
 * could not start or had waited too long.
 */
struct job *job_next(struct jobs *all);

/* Read available output. Returns true when the job is done. */
bool job_read(struct jobs *all, struct job *l);

/*
 * Returns a job that a query thread has just completed, or NULL if there is
 * none.
 */
struct job *job_answered(struct jobs *all);

/* Abort a job: it timed out, or p1web is stopping. */
void job_stop(struct jobs *all, struct job *l);

/* Say that nobody waits for the job any more. */
void job_unwanted(struct job *l);

/*
 * Everyone who waited has the response: discard the job if it is not reusable.
 */
void job_given(struct job *l);

/* Stop running jobs and free everything. The workers must have ended. */
void job_close(struct jobs *all);

#endif
