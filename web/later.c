#include "web/later.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/span.h"

enum { USAGE = 2 }; /* exit status of our programs: asked wrongly */

static void set_state(const struct laters *all, struct later *l,
		      enum later_state state)
{
	l->state = state;
	l->at_ms = clock_monotonic_ms(all->clock);
}

static void drop(struct later *l)
{
	free(l->body);
	*l = (struct later){ .fd = -1 };
}

static bool is_good(const struct laters *all, const struct later *l)
{
	return l->state == LATER_QUEUED || l->state == LATER_RUNS ||
	       (l->state == LATER_DONE && l->status == 200 &&
		clock_monotonic_ms(all->clock) - l->at_ms < l->kind->fresh_ms);
}

/* A free one, or the one that has been done for longest. */
static struct later *place(struct laters *all)
{
	struct later *oldest = NULL;

	for (struct later *l = all->slot; l < all->slot + LATER_SLOTS; l++) {
		if (l->state == LATER_FREE)
			return l;
		if (l->state == LATER_DONE &&
		    (oldest == NULL || l->at_ms < oldest->at_ms))
			oldest = l;
	}
	return oldest;
}

struct later *later_want(struct laters *all, const struct later_kind *kind,
			 const char *key)
{
	struct later *l;

	for (l = all->slot; l < all->slot + LATER_SLOTS; l++)
		if (l->kind == kind && strcmp(l->key, key) == 0 &&
		    is_good(all, l))
			return l;
	l = place(all);
	if (l == NULL || strlen(key) >= sizeof(l->key))
		return NULL;
	drop(l);
	l->kind = kind;
	memcpy(l->key, key, strlen(key));
	set_state(all, l, LATER_QUEUED);
	return l;
}

static bool runs(const struct laters *all, const struct later_kind *kind)
{
	for (int i = 0; i < LATER_SLOTS; i++)
		if (all->slot[i].state == LATER_RUNS &&
		    all->slot[i].kind == kind)
			return true;
	return false;
}

static void fail(struct laters *all, struct later *l, int status,
		 const char *sentence)
{
	free(l->body);
	l->body = strdup(sentence);
	l->n = l->body ? strlen(l->body) : 0;
	l->status = status;
	set_state(all, l, LATER_DONE);
}

struct later *later_next(struct laters *all)
{
	struct later *next = NULL;
	struct err e = { 0 };

	for (struct later *l = all->slot; l < all->slot + LATER_SLOTS; l++)
		if (l->state == LATER_QUEUED && !runs(all, l->kind) &&
		    (next == NULL || l->at_ms < next->at_ms))
			next = l;
	if (next == NULL)
		return NULL;
	set_state(all, next, LATER_RUNS);
	next->fd = next->kind->begin(&all->how, next->key, &next->pid, &e);
	if (next->fd < 0)
		fail(all, next, 503, e.text);
	return next;
}

/* Its descriptor is at its end, so our process is as well. */
static int exit_status(struct later *l)
{
	int status = 0;

	if (l->pid <= 0)
		return 0;
	while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
		;
	l->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The sentence of "p1graph: sentence\n". */
static char *sentence_of(char *text)
{
	char *colon = strstr(text, ": ");

	text[strcspn(text, "\n")] = '\0';
	return colon != NULL && strncmp(text, "p1", 2) == 0 ? colon + 2 : text;
}

static void finish(struct laters *all, struct later *l)
{
	int rc = exit_status(l);
	char text[400];

	l->fd = -1;
	if (rc == 0 && l->n <= LATER_BYTES && l->body != NULL &&
	    span_starts((struct span){ l->body, l->n },
			span_of(l->kind->magic))) {
		l->status = 200;
		set_state(all, l, LATER_DONE);
		return;
	}
	snprintf(text, sizeof(text), "%.*s", (int)(l->n < 399 ? l->n : 399),
		 l->n > 0 ? l->body : "nothing came");
	fail(all, l, rc == USAGE ? 400 : 503, sentence_of(text));
}

bool later_read(struct laters *all, struct later *l)
{
	char buf[16384];
	ssize_t n;

	while ((n = read(l->fd, buf, sizeof(buf))) > 0) {
		char *more = l->n > LATER_BYTES
				     ? NULL
				     : realloc(l->body, l->n + (size_t)n);

		if (more == NULL)
			break;
		l->body = more;
		memcpy(l->body + l->n, buf, (size_t)n);
		l->n += (size_t)n;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n != 0) {
		later_stop(all, l);
		return true;
	}
	finish(all, l);
	return true;
}

void later_stop(struct laters *all, struct later *l)
{
	if (l->pid > 0)
		kill(l->pid, SIGKILL);
	exit_status(l);
	l->fd = -1;
	fail(all, l, 503, "it took too long");
}

void later_given(struct later *l)
{
	if (l->status != 200 || l->kind->fresh_ms == 0)
		drop(l);
}

void later_close(struct laters *all)
{
	for (int i = 0; i < LATER_SLOTS; i++) {
		if (all->slot[i].state == LATER_RUNS)
			later_stop(all, &all->slot[i]);
		drop(&all->slot[i]);
	}
}
