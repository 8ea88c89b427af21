/*
 * Documents that others make, in a time that p1web does not stand still for: a
 * picture by p1graph, a backup by p1logger. Each comes through a descriptor
 * that is read to its end; of each kind one is made at a time.
 */
#ifndef WEB_LATER_H
#define WEB_LATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "base/err.h"

enum { LATER_KEY = 96, LATER_SLOTS = 32, LATER_BYTES = 1 << 20 };

struct later_how {
	const char *config;   /* of the programs; NULL: the usual one */
	const char *requests; /* p1logger's socket for requests */
};

/* What is made: one constant for each kind. */
struct later_kind {
	const char *type;  /* MIME, when it went well */
	const char *magic; /* it then begins so; else it is a sentence */
	long wait_ms;	   /* that it may take */
	long fresh_ms;	   /* that it may be given to others as well */
	/* Begin: a descriptor to read, and our process that makes it, or 0. */
	int (*begin)(const struct later_how *how, const char *key, pid_t *pid,
		     struct err *e);
};

enum later_state { LATER_FREE, LATER_QUEUED, LATER_RUNS, LATER_DONE };

struct later {
	const struct later_kind *kind;
	char key[LATER_KEY]; /* what was asked for */
	enum later_state state;
	int64_t at_ms; /* monotonic: since when it is in this state */
	int fd;	       /* while it runs; its reader closes it */
	pid_t pid;     /* 0: none */
	int status;    /* of HTTP, when it is done */
	char *body;    /* what came; of a failure a sentence */
	size_t n;
};

struct laters {
	const struct clock *clock;
	struct later_how how;
	struct later slot[LATER_SLOTS];
};

/*
 * Ask for a document: one that is done and fresh, or under way, or put in the
 * queue now. NULL when too many wait.
 */
struct later *later_want(struct laters *all, const struct later_kind *kind,
			 const char *key);

/*
 * Begin the next one that may be; NULL: there is none. It runs, or it could
 * not begin and is done.
 */
struct later *later_next(struct laters *all);

/* Take what there is to read; true when it is done. */
bool later_read(struct laters *all, struct later *l);

/* It will not be done: its time is over, or p1web ends. */
void later_stop(struct laters *all, struct later *l);

/* Those who waited have it: a failure is forgotten. */
void later_given(struct later *l);

/* End: what still runs is stopped, and all of it is freed. */
void later_close(struct laters *all);

#endif
