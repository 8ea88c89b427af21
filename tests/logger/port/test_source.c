/* Real sources: files, gzip, pipes, a pty, a server on loopback. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>
#include <zlib.h>

#include "base/span.h"
#include "logger/port/source.h"
#include "tests/check.h"

static char path[] = "/tmp/test_source.XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	close(fd);
	return fd < 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_plain(const char *text, const char *mode)
{
	FILE *f = fopen(path, mode);

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void write_gzip(const char *text, const char *mode)
{
	gzFile f = gzopen(path, mode);

	assert_non_null(f);
	assert_int_equal(gzwrite(f, text, (unsigned)strlen(text)),
			 (int)strlen(text));
	gzclose(f);
}

/* Read everything in pieces of `piece` bytes. Returns the last result. */
static int read_all(const char *name, size_t piece, char *into, size_t size,
		    struct err *e)
{
	struct source *s = source_open(name, e);
	size_t n = 0, got;
	int rc;

	if (s == NULL)
		return e->code;
	while (n + piece < size &&
	       (rc = source_read(s, into + n, piece, &got, e)) == SOURCE_BYTES)
		n += got;
	into[n] = '\0';
	source_close(s);
	return rc;
}

static void files_are_read_plain_or_gzipped(void **state)
{
	static const size_t pieces[] = { 1, 7, 4096 };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		char text[9000];
		struct err e = { 0 };

		write_plain("/plain\r\n!\r\n", "w");
		check_int("plain",
			  read_all(path, pieces[i], text, sizeof(text), &e),
			  SOURCE_ENDED);
		check_text("plain", text, "/plain\r\n!\r\n");
		write_gzip("/one\r\n", "wb");
		write_gzip("/two\r\n", "ab");
		check_int("gzip",
			  read_all(path, pieces[i], text, sizeof(text), &e),
			  SOURCE_ENDED);
		check_text("two members", text, "/one\r\n/two\r\n");
		write_plain("", "w");
		check_int("empty",
			  read_all(path, pieces[i], text, sizeof(text), &e),
			  SOURCE_ENDED);
		check_text("empty", text, "");
	}
}

static void a_cut_gzip_gives_what_it_has_and_an_error(void **state)
{
	char text[9000], long_text[4000];
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(long_text); i++)
		long_text[i] = (char)('0' + rand() % 75);
	long_text[sizeof(long_text) - 1] = '\0';
	write_gzip(long_text, "wb");
	assert_int_equal(truncate(path, 1500), 0);
	check_int("code", read_all(path, 1024, text, sizeof(text), &e),
		  ERR_FORMAT);
	assert_non_null(strstr(e.text, path));
	assert_true(strlen(text) > 1000);
	assert_memory_equal(text, long_text, strlen(text));
}

static void what_cannot_be_opened_says_why(void **state)
{
	static const struct {
		const char *name;
		int code;
		const char *says;
	} cases[] = {
		{ "/dev/ttyNONE", ERR_ABSENT, "/dev/ttyNONE does not exist" },
		{ "/nowhere/file.gz", ERR_ABSENT, "/nowhere/file.gz" },
		{ "/tmp", ERR_ABSENT, "/tmp is a folder" },
		{ "tcp://nowhere", ERR_CONFIG, "tcp://host:port" },
		{ "tcp://:23", ERR_CONFIG, "tcp://host:port" },
		{ "tcp://host:0", ERR_CONFIG, "tcp://host:port" },
		{ "tcp://host:70000", ERR_CONFIG, "tcp://host:port" },
		{ "tcp://host:telnet", ERR_CONFIG, "tcp://host:port" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		assert_null(source_open(cases[i].name, &e));
		check_int(cases[i].name, e.code, cases[i].code);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", e.text,
				 cases[i].says);
	}
}

static void a_pty_is_a_port_that_reopens(void **state)
{
	char name[64], text[16];
	int master, slave;
	size_t got = 0;
	struct termios t;
	struct err e = { 0 };
	struct source *s;

	(void)state;
	assert_int_equal(openpty(&master, &slave, name, NULL, NULL), 0);
	s = source_open(name, &e);
	if (s == NULL)
		fail_msg("%s", e.text);
	assert_true(source_reopens(s) && source_has_speed(s) && source_live(s));
	assert_int_equal(source_set_speed(s, &speeds[1], &e), 0);
	assert_int_equal(tcgetattr(master, &t), 0);
	check_int("speed", cfgetispeed(&t), B9600);
	check_int("raw", t.c_lflag & (ICANON | ECHO), 0);
	check_int("nothing yet", source_read(s, text, 9, &got, &e),
		  SOURCE_WAITS);
	assert_int_equal(write(master, "/a\r\n", 4), 4);
	check_int("bytes", source_read(s, text, 9, &got, &e), SOURCE_BYTES);
	assert_int_equal(got, 4);
	assert_memory_equal(text, "/a\r\n", 4);
	close(slave);
	close(master);
	assert_true(source_read(s, text, 9, &got, &e) != SOURCE_WAITS);
	source_close(s);
}

static void a_claimed_pty_is_busy_for_the_next(void **state)
{
	char name[64];
	int master, slave;
	struct err e = { 0 };
	struct source *s, *again;

	(void)state;
	assert_int_equal(openpty(&master, &slave, name, NULL, NULL), 0);
	s = source_open(name, &e);
	assert_non_null(s);
	assert_null(source_open(name, &e));
	check_int("second", e.code, ERR_BUSY);
	assert_non_null(strstr(e.text, "is in use by "));
	source_close(s);
	again = source_open(name, &e);
	assert_non_null(again);
	source_close(again);
	close(slave);
	close(master);
}

static int serve(struct sockaddr_in *at, char *name, size_t size)
{
	socklen_t n = sizeof(*at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET };
	at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)at, n), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, &n), 0);
	snprintf(name, size, "tcp://localhost:%d", ntohs(at->sin_port));
	return fd;
}

/* Wait for the source's events, at most 2 s, and read. */
static int next(struct source *s, char *text, size_t *got, struct err *e)
{
	int rc = SOURCE_WAITS;

	for (int i = 0; i < 5 && rc == SOURCE_WAITS; i++) {
		struct pollfd p = { source_fd(s), source_events(s), 0 };

		poll(&p, 1, 2000);
		rc = source_read(s, text, 9, got, e);
	}
	return rc;
}

static void a_server_is_read_until_it_hangs_up(void **state)
{
	struct sockaddr_in at;
	char name[64], text[16];
	int server = serve(&at, name, sizeof(name)), client;
	size_t got = 0;
	struct err e = { 0 };
	struct source *s = source_open(name, &e);

	(void)state;
	if (s == NULL)
		fail_msg("%s", e.text);
	check_int("connecting", source_read(s, text, 9, &got, &e),
		  SOURCE_WAITS);
	client = accept(server, NULL, NULL);
	assert_int_equal(write(client, "/b\r\n", 4), 4);
	check_int("bytes", next(s, text, &got, &e), SOURCE_BYTES);
	assert_int_equal(got, 4);
	close(client);
	check_int("end", next(s, text, &got, &e), SOURCE_ENDED);
	source_close(s);
	close(server);
}

static void a_closed_port_is_absent(void **state)
{
	struct sockaddr_in at;
	char name[64], text[16];
	size_t got = 0;
	struct err e = { 0 };
	struct source *s;

	(void)state;
	close(serve(&at, name, sizeof(name)));
	s = source_open(name, &e);
	if (s != NULL)
		next(s, text, &got, &e);
	check_int("code", e.code, ERR_ABSENT);
	assert_non_null(strstr(e.text, name));
	source_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_read_plain_or_gzipped),
		cmocka_unit_test(a_cut_gzip_gives_what_it_has_and_an_error),
		cmocka_unit_test(what_cannot_be_opened_says_why),
		cmocka_unit_test(a_pty_is_a_port_that_reopens),
		cmocka_unit_test(a_claimed_pty_is_busy_for_the_next),
		cmocka_unit_test(a_server_is_read_until_it_hangs_up),
		cmocka_unit_test(a_closed_port_is_absent),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
