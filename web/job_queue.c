#include "web/job_queue.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/span.h"
#include "web/etag.h"
#include "web/query_thread.h"
#include "web/request.h"
#include "web/response_body.h"

enum {
	USAGE = 2,  /* exit status of our programs for a wrong request */
	EMPTY = 65, /* p1graph's status if the chart shows no readings */
	RETRY_S = 5,
	LARGE_MS = 600000, /* the machine may have been slow */
};

static int64_t now_ms(const struct jobs *all)
{
	return clock_monotonic_ms(all->clock);
}

static void set_state(const struct jobs *all, struct job *l,
		      enum job_state state)
{
	l->state = state;
	l->at_ms = now_ms(all);
}

static void drop(struct job *l)
{
	response_body_drop(l->body);
	*l = (struct job){ .fd = -1 };
}

static struct job_file file_of(const char *path)
{
	struct job_file file = { 0 };
	struct stat st;

	if (stat(path, &st) == 0)
		file = (struct job_file){ st.st_dev, st.st_ino, st.st_size };
	return file;
}

/* Is it another file, or has its size changed by a tenth? */
static bool is_changed(const struct job_file *then, const char *path)
{
	struct job_file now = file_of(path);
	off_t by = now.size > then->size ? now.size - then->size
					 : then->size - now.size;

	return now.dev != then->dev || now.ino != then->ino ||
	       by > then->size / 10;
}

static bool is_good(const struct jobs *all, const struct job *l)
{
	int64_t age = now_ms(all) - l->at_ms;

	switch (l->state) {
	case JOB_QUEUED:
		return true;
	case JOB_RUNS:
		return l->worker == NULL;
	case JOB_DONE:
		return l->large ? age < LARGE_MS &&
					  !is_changed(&l->file,
						      all->how.database)
				: l->status == 200 && age < l->kind->fresh_ms;
	default:
		return false;
	}
}

struct job *job_find(struct jobs *all, const struct job_kind *kind,
		     const char *key)
{
	for (struct job *l = all->slot; l < all->slot + JOB_SLOTS; l++)
		if (l->kind == kind && strcmp(l->key, key) == 0 &&
		    is_good(all, l))
			return l;
	return NULL;
}

static long count(const struct jobs *all, const struct job_kind *kind,
		  enum job_state state)
{
	long n = 0;

	for (int i = 0; i < JOB_SLOTS; i++)
		n += all->slot[i].kind == kind && all->slot[i].state == state;
	return n;
}

static bool has_room(const struct jobs *all, const struct job_kind *kind,
		     uint64_t who)
{
	long own = 0;

	for (int i = 0; i < JOB_SLOTS; i++)
		own += all->slot[i].kind == kind && all->slot[i].who == who &&
		       all->slot[i].state == JOB_QUEUED;
	return (own < JOB_OWN || who == 0) &&
	       count(all, kind, JOB_QUEUED) < JOB_QUEUE;
}

/* A free slot, or the one finished longest ago. */
static struct job *place(struct jobs *all)
{
	struct job *oldest = NULL;

	for (struct job *l = all->slot; l < all->slot + JOB_SLOTS; l++) {
		if (l->state == JOB_FREE)
			return l;
		if (l->state == JOB_DONE &&
		    (oldest == NULL || l->at_ms < oldest->at_ms))
			oldest = l;
	}
	return oldest;
}

struct job *job_want(struct jobs *all, const struct job_kind *kind,
		     const char *key, uint64_t who)
{
	struct job *l = has_room(all, kind, who) ? place(all) : NULL;

	if (l == NULL || strlen(key) >= sizeof(l->key))
		return NULL;
	drop(l);
	l->kind = kind;
	l->who = kind->reads ? who : 0;
	memcpy(l->key, key, strlen(key));
	set_state(all, l, JOB_QUEUED);
	return l;
}

/* Finish a job with a document, or with a sentence if `type` is NULL. */
static void done(struct jobs *all, struct job *l, int status, const char *type,
		 struct response_body *body)
{
	if (l->state == JOB_RUNS)
		client_budget_spend(&all->budget, l->who,
				    now_ms(all) - l->at_ms, now_ms(all));
	if (body != l->body)
		response_body_drop(l->body);
	l->body = body;
	l->type = type;
	l->status = body != NULL ? status : 500; /* out of memory */
	l->fd = -1;
	l->worker = NULL;
	set_state(all, l, JOB_DONE);
}

static void fail(struct jobs *all, struct job *l, int status,
		 const char *sentence)
{
	char *text = strdup(sentence);

	done(all, l, status, NULL,
	     text != NULL ? response_body_of(text, strlen(text)) : NULL);
}

/*
 * Clients that will have more budget left come first, then those that asked
 * first.
 */
static bool is_before(const struct jobs *all, const struct job *a,
		      const struct job *b)
{
	int64_t now = now_ms(all);
	int64_t rank_a = client_budget_rank_ms(&all->budget, a->who, now);
	int64_t rank_b = client_budget_rank_ms(&all->budget, b->who, now);

	return rank_a != rank_b ? rank_a > rank_b : a->at_ms < b->at_ms;
}

struct job *job_next(struct jobs *all)
{
	struct job *next = NULL;
	struct err e = { 0 };

	for (struct job *l = all->slot; l < all->slot + JOB_SLOTS; l++)
		if (l->state == JOB_QUEUED &&
		    count(all, l->kind, JOB_RUNS) == 0 &&
		    (next == NULL || is_before(all, l, next)))
			next = l;
	if (next == NULL)
		return NULL;
	if (next->kind->reads &&
	    now_ms(all) - next->at_ms > 2 * next->kind->wait_ms) {
		fail(all, next, 503, "too many requests are waiting");
		next->retry_s = RETRY_S;
		return next;
	}
	set_state(all, next, JOB_RUNS);
	if (next->kind->begin(&all->how, next, &e) < 0)
		fail(all, next, 503, e.text);
	return next;
}

/* The output has ended, so the process has ended or is about to. */
static int exit_status(struct job *l)
{
	int status = 0;

	if (l->pid <= 0)
		return 0;
	while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
		;
	l->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct response_body *body_of_answer(const struct answer *a)
{
	struct response_body *b =
		a->body != NULL ? response_body_of(a->body, a->n) : NULL;

	if (b != NULL) {
		b->etag = a->etag;
		b->gzip = a->gzip;
	}
	return b;
}

/* Extract the sentence from "p1graph: sentence\n". */
static char *sentence_of(char *text)
{
	char *colon = strstr(text, ": ");

	text[strcspn(text, "\n")] = '\0';
	return colon != NULL && strncmp(text, "p1", 2) == 0 ? colon + 2 : text;
}

static struct span read_so_far(const struct job *l)
{
	return l->body != NULL ? (struct span){ l->body->bytes, l->body->n }
			       : (struct span){ 0 };
}

/*
 * Drop what a library of the child printed before its output. Returns whether
 * there is an output.
 */
static bool cut_to_output(struct job *l)
{
	const struct span magic = span_of(l->kind->magic);
	struct span rest = read_so_far(l);

	while (rest.n > 0 && !span_starts(rest, magic))
		rest = span_skip(rest, 1);
	if (rest.n == 0)
		return false;
	memmove(l->body->bytes, rest.p, rest.n);
	l->body->n = rest.n;
	return true;
}

static void finish(struct jobs *all, struct job *l)
{
	struct span got = read_so_far(l);
	int rc = exit_status(l);
	char text[400];

	if ((rc == 0 || rc == EMPTY) && got.n <= JOB_BYTES &&
	    cut_to_output(l)) {
		l->body->etag = etag_of(l->body->bytes, l->body->n);
		done(all, l, 200, l->kind->type, l->body);
		return;
	}
	snprintf(text, sizeof(text), "%.*s", (int)(got.n < 399 ? got.n : 399),
		 got.n > 0 ? got.p : "no output");
	fail(all, l, rc == USAGE ? 400 : 503, sentence_of(text));
}

/* Returns -1 if out of memory or above the limit. */
static int add(struct job *l, const char *bytes, size_t n)
{
	char *more;

	if (l->body == NULL)
		l->body = response_body_of(NULL, 0);
	if (l->body == NULL || l->body->n > JOB_BYTES)
		return -1;
	more = realloc(l->body->bytes, l->body->n + n);
	if (more == NULL)
		return -1;
	memcpy(more + l->body->n, bytes, n);
	l->body->bytes = more;
	l->body->n += n;
	return 0;
}

bool job_read(struct jobs *all, struct job *l)
{
	char buf[16384];
	ssize_t n;

	while ((n = read(l->fd, buf, sizeof(buf))) > 0)
		if (add(l, buf, (size_t)n) < 0)
			break;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n != 0) {
		job_stop(all, l);
		return true;
	}
	finish(all, l);
	return true;
}

struct job *job_answered(struct jobs *all)
{
	for (struct job *l = all->slot; l < all->slot + JOB_SLOTS; l++) {
		struct answer a;

		if (l->state != JOB_RUNS || l->worker == NULL ||
		    !query_thread_take(l->worker, &a))
			continue;
		if (a.large)
			l->file = file_of(all->how.database);
		l->large = a.large;
		l->retry_s = a.retry_s;
		done(all, l, a.status, a.type, body_of_answer(&a));
		return l;
	}
	return NULL;
}

void job_stop(struct jobs *all, struct job *l)
{
	if (l->pid > 0)
		kill(l->pid, SIGKILL);
	exit_status(l);
	fail(all, l, 503, "it took too long");
}

void job_unwanted(struct job *l)
{
	if (!l->kind->reads)
		return;
	if (l->state == JOB_QUEUED)
		drop(l);
	else if (l->state == JOB_RUNS && l->worker != NULL)
		query_thread_cancel(l->worker);
}

void job_given(struct job *l)
{
	if (!l->large && (l->status != 200 || l->kind->fresh_ms == 0))
		drop(l);
}

void job_close(struct jobs *all)
{
	for (int i = 0; i < JOB_SLOTS; i++) {
		if (all->slot[i].state == JOB_RUNS)
			job_stop(all, &all->slot[i]);
		drop(&all->slot[i]);
	}
}
