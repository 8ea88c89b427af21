/* A listener on a pty whose other end the test has, with a fake clock. */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/span.h"
#include "logger/port/listen.h"
#include "logger/port/speeds.h"
#include "telegram/crc16.h"
#include "tests/check.h"
#include "tests/logger/fake_clock.h"

static struct fake_clock now;
static struct clock clock_of_test;

/* A meter: a pty behind a link, like a cable behind its stable name. */
struct fake_meter {
	int master, slave;
	char link[64];
};

static void plug_in(struct fake_meter *m)
{
	char name[64];

	assert_int_equal(openpty(&m->master, &m->slave, name, NULL, NULL), 0);
	snprintf(m->link, sizeof(m->link), "/tmp/test_listen.%ld",
		 (long)getpid());
	unlink(m->link);
	assert_int_equal(symlink(name, m->link), 0);
}

static void pull_out(struct fake_meter *m)
{
	close(m->slave);
	close(m->master);
	unlink(m->link);
}

static void say(const struct fake_meter *m, const char *text, size_t n)
{
	assert_int_equal(write(m->master, text, n), (ssize_t)n);
}

/* Send a telegram of DSMR 4.2, with its CRC. */
static void say_telegram(const struct fake_meter *m)
{
	char text[512];
	int n = snprintf(text, sizeof(text),
			 "/TST5meter\r\n\r\n1-3:0.2.8(42)\r\n"
			 "0-0:1.0.0(240301120000W)\r\n"
			 "1-0:1.8.1(000001.000*kWh)\r\n!");

	n += snprintf(text + n, sizeof(text) - (size_t)n, "%04X\r\n",
		      crc16(0, text, (size_t)n));
	say(m, text, (size_t)n);
}

/* Send a telegram of DSMR 2.2 without its end. */
static void say_endless(const struct fake_meter *m)
{
	static const char text[] = "/TST5old\r\n\r\n"
				   "1-0:1.8.1(00001.000*kWh)\r\n"
				   "1-0:1.8.2(00002.000*kWh)\r\n";

	say(m, text, sizeof(text) - 1);
}

static int fd_of(struct listener *l)
{
	return listener_pollable(l).poll(l).fd;
}

static int64_t due(struct listener *l)
{
	return listener_pollable(l).due(l);
}

/* Poll and act as the loop does, until there is a result. */
static enum next turn(struct listener *l, struct reading *r)
{
	const struct pollable port = listener_pollable(l);
	struct pollfd p = port.poll(l);
	enum refusal why;

	poll(&p, 1, 0);
	port.turn(l, p.revents);
	return listener_next(l, r, &why);
}

/* Take turns while `ms` pass. Returns the first result except NEXT_WAITS. */
static enum next turn_for(struct listener *l, int64_t ms, struct reading *r)
{
	int64_t end = now.ms + ms;
	enum next a = turn(l, r);

	while (a == NEXT_WAITS && now.ms < end) {
		now.ms += 50;
		a = turn(l, r);
	}
	return a;
}

/* Take turns until the port is open again. */
static void wait_for_opening(struct listener *l)
{
	struct reading r;

	for (int i = 0; i < 700 && fd_of(l) < 0; i++)
		turn_for(l, 100, &r);
	if (fd_of(l) < 0)
		fail_msg("still closed: %s", listener_trouble(l)->text);
}

static speed_t speed_of(const struct fake_meter *m)
{
	struct termios t;

	assert_int_equal(tcgetattr(m->master, &t), 0);
	return cfgetispeed(&t);
}

static int begin(void **state)
{
	(void)state;
	now = (struct fake_clock){ 1700000000, 5000, true };
	clock_of_test = fake_clock(&now);
	return 0;
}

static void a_telegram_is_heard_and_gathered_first(void **state)
{
	struct fake_meter m;
	struct reading r;
	struct listener *l;

	(void)state;
	plug_in(&m);
	l = listener_new(m.link, 0, &clock_of_test);
	check_int("opened", turn(l, &r), NEXT_WAITS);
	assert_true(speed_of(&m) == B115200);
	say_telegram(&m);
	check_int("gathering", turn(l, &r), NEXT_WAITS);
	check_int("not polled meanwhile", fd_of(l), -1);
	check_int("due", due(l), now.ms + 100);
	now.ms += 100;
	check_int("heard", turn(l, &r), NEXT_READING);
	check_int("value", r.value[Q_IMPORT_T1], 1000);
	assert_true(listener_proven(l));
	listener_free(l);
	pull_out(&m);
}

static void garbage_makes_it_try_the_next_speed(void **state)
{
	static const char noise[40] = { '\x80' };
	struct fake_meter m;
	struct reading r;
	struct listener *l;

	(void)state;
	plug_in(&m);
	l = listener_new(m.link, 0, &clock_of_test);
	turn(l, &r);
	say(&m, noise, sizeof(noise));
	turn_for(l, 1000, &r);
	assert_true(speed_of(&m) == B9600);
	check_int("speed", listener_speed(l), 1);
	say_telegram(&m);
	check_int("heard", turn_for(l, 1000, &r), NEXT_READING);
	turn_for(l, 20000, &r);
	check_int("stays", listener_speed(l), 1);
	listener_free(l);
	pull_out(&m);
}

static void silence_loses_the_port_once(void **state)
{
	struct fake_meter m;
	struct reading r;
	struct listener *l;

	(void)state;
	plug_in(&m);
	l = listener_new(m.link, 0, &clock_of_test);
	check_int("lost", turn_for(l, 40000, &r), NEXT_LOST);
	check_int("after", now.ms, 5000 + 30000);
	check_int("why", listener_trouble(l)->code, ERR_BUSY);
	assert_non_null(strstr(listener_trouble(l)->text, m.link));
	check_int("said once", turn_for(l, 100000, &r), NEXT_WAITS);
	wait_for_opening(l);
	say_telegram(&m);
	check_int("back", turn_for(l, 1000, &r), NEXT_READING);
	listener_free(l);
	pull_out(&m);
}

static void an_unplugged_port_is_opened_again_by_its_name(void **state)
{
	struct fake_meter m;
	struct reading r;
	struct listener *l;

	(void)state;
	plug_in(&m);
	l = listener_new(m.link, 0, &clock_of_test);
	turn(l, &r);
	say_telegram(&m);
	check_int("heard", turn_for(l, 1000, &r), NEXT_READING);
	pull_out(&m);
	check_int("lost", turn_for(l, 1000, &r), NEXT_LOST);
	check_int("away", turn_for(l, 10000, &r), NEXT_WAITS);
	plug_in(&m);
	wait_for_opening(l);
	say_telegram(&m);
	check_int("back", turn_for(l, 1000, &r), NEXT_READING);
	listener_free(l);
	pull_out(&m);
}

static void pauses_between_tries_grow_to_a_minute(void **state)
{
	static const int64_t pauses[] = { 1, 2, 4, 8, 16, 32, 60, 60 };
	struct reading r;
	struct listener *l = listener_new("/dev/ttyNONE", 0, &clock_of_test);

	(void)state;
	check_int("lost", turn(l, &r), NEXT_LOST);
	assert_false(listener_opened(l));
	for (size_t i = 0; i < COUNT(pauses); i++) {
		check_int("pause", due(l) - now.ms, pauses[i] * 1000);
		now.ms = due(l);
		check_int("still", turn(l, &r), NEXT_WAITS);
	}
	listener_free(l);
}

static void silence_ends_a_telegram_that_has_no_end(void **state)
{
	struct fake_meter m;
	struct reading r;
	struct listener *l;

	(void)state;
	plug_in(&m);
	l = listener_new(m.link, 1, &clock_of_test);
	turn(l, &r);
	say_endless(&m);
	check_int("more may come", turn_for(l, 1900, &r), NEXT_WAITS);
	check_int("no more", turn_for(l, 400, &r), NEXT_READING);
	check_int("crc", r.crc, CRC_NONE);
	check_int("t2", r.value[Q_IMPORT_T2], 2000);
	listener_free(l);
	pull_out(&m);
}

static void a_file_ends(void **state)
{
	char path[] = "/tmp/test_listen.XXXXXX";
	int fd = mkstemp(path);
	struct fake_meter file = { .master = fd };
	struct reading r;
	struct listener *l;

	(void)state;
	say_telegram(&file);
	say_endless(&file);
	close(fd);
	l = listener_new(path, 0, &clock_of_test);
	turn(l, &r);
	check_int("first", turn(l, &r), NEXT_READING);
	assert_false(listener_live(l));
	check_int("refused after a CRC", turn(l, &r), NEXT_REFUSED);
	check_int("end", turn(l, &r), NEXT_ENDED);
	check_int("no trouble", listener_trouble(l)->code, 0);
	listener_free(l);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_telegram_is_heard_and_gathered_first,
				       begin),
		cmocka_unit_test_setup(garbage_makes_it_try_the_next_speed,
				       begin),
		cmocka_unit_test_setup(silence_loses_the_port_once, begin),
		cmocka_unit_test_setup(
			an_unplugged_port_is_opened_again_by_its_name, begin),
		cmocka_unit_test_setup(pauses_between_tries_grow_to_a_minute,
				       begin),
		cmocka_unit_test_setup(silence_ends_a_telegram_that_has_no_end,
				       begin),
		cmocka_unit_test_setup(a_file_ends, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
