/*
 * Responses produced by others while the loop goes on: a picture by p1graph, a
 * backup by p1logger, an answer of the journal by a thread. One of each kind is
 * produced at a time; who waits is served by what is left of its budget.
 */
#ifndef WEB_JOB_H
#define WEB_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "base/err.h"
#include "web/budget.h"
#include "web/worker.h"

struct answer;
struct body;
struct job;
struct web;

enum {
	JOB_KEY = WORKER_KEY,
	JOB_BYTES = 1 << 20, /* that a descriptor may give */
	JOB_QUEUE = 16,	     /* that may wait, of each kind */
	JOB_OWN = 8,	     /* of them, of one client */
	JOB_SLOTS = 128,     /* what waits, runs, or may be given again */
};

struct job_how {
	const char *config;    /* of the programs; NULL: the usual one */
	const char *requests;  /* p1logger's socket for requests */
	const struct web *web; /* whose newest reading the workers are told */
	const char *database;  /* path */
	struct worker *quick, *slow;
};

/* What is produced: one constant for each kind. */
struct job_kind {
	const char *type; /* MIME, when it went well; NULL: it says so itself */
	const char *magic; /* a descriptor then begins so; else a sentence */
	long wait_ms;	   /* that it may take; twice as long it may wait */
	long fresh_ms;	   /* that it may be given to others as well */
	bool reads;	   /* it takes from the client's budget, and nothing is
			    * done when nobody waits for it any more */
	/* Begin l->key: set l->fd, and l->pid when it is a process of ours; or
	 * l->worker. 0, or a negative code. */
	int (*begin)(const struct job_how *how, struct job *l, struct err *e);
};

enum job_state { JOB_FREE, JOB_QUEUED, JOB_RUNS, JOB_DONE };

struct job {
	const struct job_kind *kind;
	char key[JOB_KEY]; /* what was asked for */
	uint64_t who;	   /* who asked first: web/budget.h */
	enum job_state state;
	int64_t at_ms; /* monotonic: since when it is in this state */
	/* While it runs. */
	int fd;		       /* its reader closes it; -1: none */
	pid_t pid;	       /* 0: none */
	struct worker *worker; /* NULL: none */
	/* When it is done. */
	int status;	   /* of HTTP */
	const char *type;  /* MIME; NULL: the body is a sentence */
	struct body *body; /* NULL: memory was short */
	long retry_s;	   /* after which it may go well; 0: not said */
	bool large;	   /* it asked for too much, and would again ... */
	struct job_file {  /* ... of this database */
		dev_t dev;
		ino_t ino;
		off_t size;
	} file;
};

struct laters {
	const struct clock *clock;
	struct job_how how;
	struct budget budget;
	struct job slot[JOB_SLOTS];
};

/*
 * One that is done and may be given again, or under way, or waits; NULL: there
 * is none. What was refused as too large is refused again while the database is
 * as it was, for ten minutes. An answer of the journal that is under way is not
 * for who asks now: something may have been written since.
 */
struct job *job_find(struct laters *all, const struct job_kind *kind,
		     const char *key);

/*
 * Put what job_find did not find into the queue, for the client `who`. NULL
 * when too many wait, or too many of this client.
 */
struct job *job_want(struct laters *all, const struct job_kind *kind,
		     const char *key, uint64_t who);

/*
 * Begin the next one that may be: of the client that will have most of its
 * budget left. NULL: there is none. It runs, or is done: it could not begin, or had
 * waited too long.
 */
struct job *job_next(struct laters *all);

/* Take what there is to read; true when it is done. */
bool job_read(struct laters *all, struct job *l);

/* One that a worker has answered and that is done now; NULL: there is none. */
struct job *job_answered(struct laters *all);

/* It will not be done: its time is over, or p1web ends. */
void job_stop(struct laters *all, struct job *l);

/* Nobody waits for it any more. */
void job_unwanted(struct job *l);

/* Those who waited have it: what is not to be given again is forgotten. */
void job_given(struct job *l);

/* End: what still runs is stopped, and all of it is freed. The workers have
 * ended. */
void job_close(struct laters *all);

#endif
