/*
 * Which job is next, which response is reused, and what is refused immediately.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/span.h"
#include "tests/check.h"
#include "web/handler_data.h"
#include "web/job_queue.h"
#include "web/query_thread.h"
#include "web/response_body.h"

enum { A = 1001, B, C };

struct office {
	int64_t now_ms;
	char folder[32], file[48];
	struct handler_data web;
	struct jobs all;
	struct clock clock;
	int wakes[2]; /* a byte per answer */
};

static int64_t told(void *ctx)
{
	return ((struct office *)ctx)->now_ms;
}

/*
 * Answer with the question; "large" is too large; "wait" continues until
 * cancelled.
 */
static int answer(struct handler_data *w, const char *key, struct answer *a,
		  struct err *e)
{
	bool large = strncmp(key, "large", 5) == 0;

	(void)e;
	while (strncmp(key, "wait", 4) == 0 && !*w->cancelled)
		poll(NULL, 0, 1);
	*a = (struct answer){ .status = large ? 400 : 200,
			      .type = "text/plain",
			      .body = strdup(key),
			      .n = strlen(key),
			      .large = large };
	return 0;
}

static void wake(void *ctx)
{
	struct office *p = ctx;

	assert_int_equal(write(p->wakes[1], "", 1), 1);
}

static int begin(const struct job_how *how, struct job *l, struct err *e)
{
	(void)e;
	l->worker = how->slow;
	query_thread_ask(l->worker, how->web, l->key);
	return 0;
}

static int cannot_begin(const struct job_how *how, struct job *l, struct err *e)
{
	(void)how, (void)l;
	return err_set(e, ERR_FAILED, "no ink");
}

static const struct job_kind kind = {
	.wait_ms = 5000,
	.reads = true,
	.begin = begin,
};
static const struct job_kind broken = { .wait_ms = 5000,
					.begin = cannot_begin };

static int setup(void **state)
{
	struct office *p = calloc(1, sizeof(*p));
	struct query_thread_options o = {
		.web = &p->web, .answer = answer, .wake = wake, .ctx = p
	};
	struct err e = { 0 };
	FILE *f;

	strcpy(p->folder, "/tmp/job-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->file, sizeof(p->file), "%s/db", p->folder);
	f = fopen(p->file, "w");
	fprintf(f, "%1000d", 1);
	fclose(f);
	assert_int_equal(pipe(p->wakes), 0);
	p->clock = (struct clock){ .monotonic_ms = told, .ctx = p };
	p->web.database = p->file;
	p->web.clock = p->all.clock = &p->clock;
	p->all.how.web = &p->web;
	p->all.how.database = p->web.database;
	p->all.how.slow = query_thread_start(&o, &e);
	assert_non_null(p->all.how.slow);
	p->all.budget.percent = 10;
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct office *p = *state;

	query_thread_stop(p->all.how.slow);
	job_close(&p->all);
	close(p->wakes[0]);
	close(p->wakes[1]);
	unlink(p->file);
	rmdir(p->folder);
	free(p);
	return 0;
}

/* Wait for the next job to be done, after `ms` of the fake clock. */
static struct job *answered(struct office *p, int64_t ms)
{
	struct job *l;
	char byte;

	p->now_ms += ms;
	assert_int_equal(read(p->wakes[0], &byte, 1), 1);
	l = job_answered(&p->all);
	assert_non_null(l);
	return l;
}

static void next_is(struct office *p, const char *key)
{
	struct job *l = job_next(&p->all);

	assert_non_null(l);
	assert_string_equal(l->key, key);
	assert_int_equal(l->state, JOB_RUNS);
	assert_null(job_next(&p->all)); /* one at a time */
}

static void who_has_more_left_is_served_first(void **state)
{
	struct office *p = *state;

	client_budget_spend(&p->all.budget, A, 1000, 0);
	job_want(&p->all, &kind, "a1", A);
	job_want(&p->all, &kind, "a2", A);
	p->now_ms++;
	job_want(&p->all, &kind, "b1", B);
	p->now_ms++;
	job_want(&p->all, &kind, "b2", B);
	next_is(p, "b1");
	job_given(answered(p, 3000));
	/* The time for b1 was charged to B. */
	next_is(p, "a1");
	job_given(answered(p, 10));
	next_is(p, "a2");
	job_given(answered(p, 10));
	next_is(p, "b2");
	job_given(answered(p, 10));
	assert_null(job_next(&p->all));
}

static void who_asks_little_goes_before_strangers(void **state)
{
	struct office *p = *state;

	client_budget_spend(&p->all.budget, B, 20, 0);
	job_want(&p->all, &kind, "stranger", A);
	job_want(&p->all, &kind, "known", B);
	p->now_ms++;
	job_want(&p->all, &kind, "health", 0);
	next_is(p, "health");
	job_given(answered(p, 1));
	next_is(p, "known");
	job_given(answered(p, 10));
	next_is(p, "stranger");
	job_given(answered(p, 10));
}

static void one_client_leaves_room_for_others(void **state)
{
	struct office *p = *state;
	char key[8];

	for (int i = 0; i < JOB_OWN; i++) {
		snprintf(key, sizeof(key), "a%d", i);
		assert_non_null(job_want(&p->all, &kind, key, A));
	}
	assert_null(job_want(&p->all, &kind, "more", A));
	assert_non_null(job_want(&p->all, &kind, "b", B));
	for (int i = 0; i < JOB_OWN - 1; i++) {
		snprintf(key, sizeof(key), "c%d", i);
		assert_non_null(job_want(&p->all, &kind, key, C));
	}
	assert_null(job_want(&p->all, &kind, "full", B));
	/* Another kind has its own queue. */
	assert_non_null(job_want(&p->all, &broken, "x", B));
}

static void who_waited_too_long_is_told_so(void **state)
{
	struct office *p = *state;
	struct job *l;

	job_want(&p->all, &kind, "a", A);
	p->now_ms += 2 * kind.wait_ms + 1;
	l = job_next(&p->all);
	assert_int_equal(l->state, JOB_DONE);
	assert_int_equal(l->status, 503);
	assert_true(l->retry_s > 0);
	job_given(l);
	assert_null(job_find(&p->all, &kind, "a"));
}

/* A running query may lack what was written since it started. */
static void an_answer_under_way_is_not_for_who_asks_now(void **state)
{
	struct office *p = *state;
	struct job *l = job_want(&p->all, &kind, "a", A);

	assert_ptr_equal(job_find(&p->all, &kind, "a"), l);
	next_is(p, "a");
	assert_null(job_find(&p->all, &kind, "a"));
	l = answered(p, 1);
	assert_int_equal(l->status, 200);
	assert_int_equal(l->body->n, 1);
	assert_memory_equal(l->body->bytes, "a", 1);
	job_given(l);
	assert_null(job_find(&p->all, &kind, "a"));
}

static struct job *refused(struct office *p)
{
	job_want(&p->all, &kind, "large", A);
	next_is(p, "large");
	job_given(answered(p, 1));
	return job_find(&p->all, &kind, "large");
}

static void what_was_too_large_is_refused_at_once(void **state)
{
	struct office *p = *state;
	struct job *l = refused(p);
	FILE *f;

	assert_non_null(l);
	assert_int_equal(l->status, 400);
	assert_null(job_find(&p->all, &kind, "larger"));
	/* Ten minutes later it is tried again, ... */
	p->now_ms += 600000;
	assert_null(job_find(&p->all, &kind, "large"));
	assert_non_null(refused(p));
	/* ... a slightly larger database counts as unchanged, ... */
	f = fopen(p->file, "a");
	fprintf(f, "%100d", 1);
	fclose(f);
	assert_non_null(job_find(&p->all, &kind, "large"));
	/* ... and a much larger one does not. */
	f = fopen(p->file, "a");
	putc('1', f);
	fclose(f);
	assert_null(job_find(&p->all, &kind, "large"));
	assert_non_null(refused(p));
	unlink(p->file);
	assert_null(job_find(&p->all, &kind, "large"));
}

static void what_nobody_waits_for_is_given_up(void **state)
{
	struct office *p = *state;
	struct job *l = job_want(&p->all, &kind, "wait", A);

	next_is(p, "wait");
	job_want(&p->all, &kind, "second", A);
	job_unwanted(job_find(&p->all, &kind, "second"));
	assert_null(job_find(&p->all, &kind, "second"));
	job_unwanted(l);
	assert_ptr_equal(answered(p, 250), l);
	assert_int_equal(client_budget_left_ms(&p->all.budget, A, p->now_ms),
			 6000 - 250);
	assert_null(job_next(&p->all));
}

static void what_cannot_begin_is_a_sentence(void **state)
{
	struct office *p = *state;
	struct job *l = job_want(&p->all, &broken, "a", A);

	assert_ptr_equal(job_next(&p->all), l);
	assert_int_equal(l->state, JOB_DONE);
	assert_int_equal(l->status, 503);
	assert_memory_equal(l->body->bytes, "no ink", l->body->n);
	assert_null(l->type);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(who_has_more_left_is_served_first),
		TEST(who_asks_little_goes_before_strangers),
		TEST(one_client_leaves_room_for_others),
		TEST(who_waited_too_long_is_told_so),
		TEST(an_answer_under_way_is_not_for_who_asks_now),
		TEST(what_was_too_large_is_refused_at_once),
		TEST(what_nobody_waits_for_is_given_up),
		TEST(what_cannot_begin_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
