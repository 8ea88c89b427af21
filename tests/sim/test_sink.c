#include "tests/check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/span.h"
#include "sim/sink.h"

enum { MUCH = 50000 };

static char folder[] = "/tmp/test_sink.XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static struct sink *opened(struct sink *s, const struct err *e)
{
	if (s == NULL)
		fail_msg("%s", e->text);
	return s;
}

static void send_text(struct sink *s, const char *text)
{
	struct err e = { 0 };

	if (sink_send(s, text, strlen(text), false, -1, &e) != 1)
		fail_msg("%s", e.text);
}

/*
 * Read for up to a second, until the line is quiet. Returns the text, "" if
 * nothing came. The kernel may pass bytes on late.
 */
static const char *heard(int fd)
{
	static char text[MUCH];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t n = 0;

	for (int wait_ms = 1000;
	     n + 1 < sizeof(text) && poll(&p, 1, wait_ms) > 0; wait_ms = 100) {
		ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	text[n] = '\0';
	return text;
}

static bool silent(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 50) == 0;
}

static void a_pty_speaks_to_who_listens(void **state)
{
	struct err e = { 0 };
	struct sink *s = opened(sink_pty(in_folder("port"), 115200, &e), &e);
	struct stat st;
	int fd;

	(void)state;
	assert_string_equal(sink_name(s), in_folder("port"));
	for (int i = 0; i < MUCH; i++)
		send_text(s, "nobody is there and nothing blocks\r\n");
	fd = open(in_folder("port"), O_RDWR | O_NOCTTY);
	assert_true(fd >= 0);
	assert_true(silent(fd));
	send_text(s, "/one\r\n!\r\n");
	assert_string_equal(heard(fd), "/one\r\n!\r\n");
	send_text(s, "not read");
	close(fd);
	send_text(s, "lost");
	fd = open(in_folder("port"), O_RDWR | O_NOCTTY);
	send_text(s, "/two\r\n");
	assert_string_equal(heard(fd), "/two\r\n");
	close(fd);
	assert_int_equal(sink_close(s, &e), 0);
	assert_int_equal(lstat(in_folder("port"), &st), -1);
}

/* A reader that sleeps loses bytes and does not delay the meter. */
static void a_full_pty_loses_bytes(void **state)
{
	struct err e = { 0 };
	struct sink *s = opened(sink_pty(in_folder("port"), 115200, &e), &e);
	int fd = open(in_folder("port"), O_RDWR | O_NOCTTY);
	size_t n;

	(void)state;
	for (int i = 0; i < 2000; i++)
		send_text(s, "0123456789012345678901234567890123456789\r\n");
	n = strlen(heard(fd));
	assert_in_range(n, 1000, 80000 / 2);
	close(fd);
	sink_close(s, &e);
}

static void the_wrong_speed_reads_rubbish(void **state)
{
	struct err e = { 0 };
	struct sink *s = opened(sink_pty(in_folder("port"), 9600, &e), &e);
	int fd = open(in_folder("port"), O_RDWR | O_NOCTTY);
	struct termios t;

	(void)state;
	assert_int_equal(tcgetattr(fd, &t), 0);
	assert_int_equal(cfgetospeed(&t), B9600);
	send_text(s, "/right");
	assert_string_equal(heard(fd), "/right");
	cfsetspeed(&t, B115200);
	assert_int_equal(tcsetattr(fd, TCSANOW, &t), 0);
	send_text(s, "/wrong");
	assert_null(strchr(heard(fd), '/'));
	cfsetspeed(&t, B9600);
	assert_int_equal(tcsetattr(fd, TCSANOW, &t), 0);
	send_text(s, "/right");
	assert_non_null(strstr(heard(fd), "/right"));
	close(fd);
	sink_close(s, &e);
}

static void an_old_link_is_replaced_and_a_file_is_not(void **state)
{
	struct err e = { 0 };
	struct sink *s;
	FILE *f;

	(void)state;
	assert_int_equal(symlink("/nowhere", in_folder("old")), 0);
	s = opened(sink_pty(in_folder("old"), 0, &e), &e);
	sink_close(s, &e);
	f = fopen(in_folder("file"), "w");
	assert_non_null(f);
	fclose(f);
	assert_null(sink_pty(in_folder("file"), 0, &e));
	assert_int_equal(e.code, ERR_CREATE);
	assert_null(sink_pty(in_folder("no/such"), 0, &e));
	assert_int_equal(e.code, ERR_CREATE);
	assert_int_equal(unlink(in_folder("file")), 0);
}

/* Read a pty in a thread: with `wait`, nothing is lost. */
static void *read_all(void *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY);
	intptr_t sum = 0;
	char buf[512];
	ssize_t n;

	while (sum < MUCH * 8 && (n = read(fd, buf, sizeof(buf))) > 0) {
		sum += n;
		if (sum % 7 == 0)
			usleep(100);
	}
	close(fd);
	return (void *)sum;
}

static void who_waits_loses_nothing(void **state)
{
	struct err e = { 0 };
	char path[128];
	struct sink *s;
	pthread_t reader;
	void *sum;

	(void)state;
	snprintf(path, sizeof(path), "%s", in_folder("port"));
	s = opened(sink_pty(path, 115200, &e), &e);
	assert_int_equal(pthread_create(&reader, NULL, read_all, path), 0);
	for (int i = 0; i < MUCH; i++)
		assert_int_equal(sink_send(s, "01234567", 8, true, -1, &e), 1);
	pthread_join(reader, &sum);
	assert_int_equal((intptr_t)sum, MUCH * 8);
	sink_close(s, &e);
}

/* The stop descriptor ends the wait for a reader that never comes. */
static void waiting_can_be_stopped(void **state)
{
	struct err e = { 0 };
	struct sink *pty = opened(sink_pty(in_folder("port"), 0, &e), &e);
	struct sink *tcp = opened(sink_tcp("0", &e), &e);
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_int_equal(sink_send(pty, "a", 1, true, ends[0], &e), 0);
	assert_int_equal(sink_send(tcp, "a", 1, true, ends[0], &e), 0);
	sink_close(pty, &e);
	sink_close(tcp, &e);
	close(ends[0]);
	close(ends[1]);
}

static int client_of(const struct sink *s)
{
	const char *colon = strrchr(sink_name(s), ':');
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	to.sin_port = htons((uint16_t)atoi(colon + 1));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		fail_msg("cannot connect to %s", sink_name(s));
	return fd;
}

static void take_in(struct sink *s)
{
	struct pollfd p = { .fd = sink_fd(s), .events = POLLIN };

	assert_int_equal(poll(&p, 1, 1000), 1);
	sink_turn(s);
}

static void a_tcp_port_serves_all_clients(void **state)
{
	struct err e = { 0 };
	struct sink *s = opened(sink_tcp("0", &e), &e);
	int one, two;

	(void)state;
	assert_true(span_starts(span_of(sink_name(s)), SPAN("127.0.0.1:")));
	send_text(s, "nobody");
	one = client_of(s);
	take_in(s);
	send_text(s, "first");
	assert_string_equal(heard(one), "first");
	two = client_of(s);
	take_in(s);
	send_text(s, "second");
	assert_string_equal(heard(one), "second");
	assert_string_equal(heard(two), "second");
	close(one);
	for (int i = 0; i < 10; i++)
		send_text(s, "x");
	assert_int_equal(heard(two)[0], 'x');
	sink_close(s, &e);
	assert_string_equal(heard(two), "");
	close(two);
}

static void a_slow_client_blocks_nobody(void **state)
{
	struct err e = { 0 };
	struct sink *s = opened(sink_tcp("127.0.0.1:0", &e), &e);
	int slow = client_of(s);
	static char block[MUCH];

	(void)state;
	take_in(s);
	for (int i = 0; i < 400; i++)
		assert_int_equal(sink_send(s, block, MUCH, false, -1, &e), 1);
	close(slow);
	sink_close(s, &e);
}

static void wrong_addresses_are_named(void **state)
{
	static const struct {
		const char *address;
		int code;
	} cases[] = {
		{ "nowhere:80", ERR_USAGE },
		{ "127.0.0.1:port", ERR_USAGE },
		{ "", ERR_USAGE },
		{ "192.0.2.1:0", ERR_CREATE },
		{ "127.0.0.1:99999", ERR_USAGE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		struct sink *s = sink_tcp(cases[i].address, &e);

		if (s != NULL)
			fail_msg("'%s' became %s", cases[i].address,
				 sink_name(s));
		check_int(cases[i].address, e.code, cases[i].code);
	}
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder); /* fails when a link was left behind */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pty_speaks_to_who_listens),
		cmocka_unit_test(a_full_pty_loses_bytes),
		cmocka_unit_test(the_wrong_speed_reads_rubbish),
		cmocka_unit_test(an_old_link_is_replaced_and_a_file_is_not),
		cmocka_unit_test(who_waits_loses_nothing),
		cmocka_unit_test(waiting_can_be_stopped),
		cmocka_unit_test(a_tcp_port_serves_all_clients),
		cmocka_unit_test(a_slow_client_blocks_nobody),
		cmocka_unit_test(wrong_addresses_are_named),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
