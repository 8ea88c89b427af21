/* Wait for descriptors and deadlines. */
#include <string.h>
#include <unistd.h>

#include "base/pollable.h"
#include "tests/check.h"

static int64_t now_ms;

static int64_t test_ms(void *ctx)
{
	(void)ctx;
	return now_ms;
}

static const struct clock clock_of_test = { .monotonic_ms = test_ms };

/* Something to wait for. */
struct thing {
	int fd;
	int64_t due_ms;
	int turns;
	short revents; /* of the last turn */
};

static struct pollfd thing_poll(const void *context)
{
	const struct thing *t = context;

	return (struct pollfd){ .fd = t->fd, .events = POLLIN };
}

static int64_t thing_due(const void *context)
{
	return ((const struct thing *)context)->due_ms;
}

static void thing_turn(void *context, short revents)
{
	struct thing *t = context;

	t->turns++;
	t->revents = revents;
}

static struct pollable pollable(struct thing *t)
{
	return (struct pollable){ t, thing_poll, thing_due, thing_turn };
}

/* Wait for both until due_ms. */
static void wait_for(struct thing *a, struct thing *b, int64_t due_ms)
{
	const struct pollable list[] = { pollable(a), pollable(b) };
	struct err e;

	assert_int_equal(pollable_wait(list, 2, due_ms, &clock_of_test, &e), 0);
}

static void what_is_ready_has_its_turn(void **state)
{
	struct thing a = { .fd = -1, .due_ms = INT64_MAX };
	struct thing b = a;
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "x", 1), 1);
	b.fd = fds[0];
	wait_for(&a, &b, INT64_MAX);
	check_int("nothing", a.turns, 0);
	check_int("ready", b.turns, 1);
	check_int("revents", b.revents, POLLIN);
	close(fds[0]);
	close(fds[1]);
}

static void what_is_due_has_its_turn(void **state)
{
	struct thing a = { .fd = -1, .due_ms = 1000 };
	struct thing b = { .fd = -1, .due_ms = 1001 };

	(void)state;
	now_ms = 1000;
	wait_for(&a, &b, INT64_MAX);
	check_int("due", a.turns, 1);
	check_int("revents", a.revents, 0);
	check_int("later", b.turns, 0);
}

static void the_deadline_ends_the_wait(void **state)
{
	struct thing a = { .fd = -1, .due_ms = INT64_MAX };
	struct thing b = a;

	(void)state;
	now_ms = 1000;
	wait_for(&a, &b, 1000);
	check_int("first", a.turns, 0);
	check_int("second", b.turns, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_ready_has_its_turn),
		cmocka_unit_test(what_is_due_has_its_turn),
		cmocka_unit_test(the_deadline_ends_the_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
