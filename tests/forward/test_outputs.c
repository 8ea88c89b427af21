/* The outputs together: our own sockets receive what they send. */
#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "forward/service_state.h"
#include "telegram/json.h"
#include "tests/forward/fixture.h"

enum { PORTS = 4 };

struct world {
	struct fake_clock fake;
	struct clock clock;
	struct caught log;
	struct outputs_settings s;
	struct outputs *f;
};

static void setup(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->fake.ms = 1;
	w->clock = fake_clock(&w->fake);
	w->s = nothing_forwarded();
}

static void begin(struct world *w)
{
	struct err e = { 0 };

	catch_log(&w->log);
	w->f = outputs_open(&w->s, &w->clock, &w->log.log, false, &e);
	assert_non_null(w->f);
}

/* Close, and return the number of log lines that contain `part`. */
static int end(struct world *w, const char *part)
{
	outputs_close(w->f);
	return caught(&w->log, part);
}

static void hand_over(struct world *w, const char *text)
{
	struct reading r = read_telegram(text);

	w->fake.ms += 1000;
	outputs_reading(w->f, &r);
}

/* Bind a socket of this type to a free port of 127.0.0.1. */
static int listen_at(int type, struct sockaddr_in *at)
{
	socklen_t n = sizeof(*at);
	int fd = socket(AF_INET, type, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)at, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, &n), 0);
	return fd;
}

static char *address_text(char buf[32], const struct sockaddr_in *at)
{
	snprintf(buf, 32, "127.0.0.1:%d", ntohs(at->sin_port));
	return buf;
}

/* Return the next datagram as text; NULL: none waits. */
static const char *heard(int fd)
{
	static char text[JSON_MAX + 2];
	ssize_t n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);

	if (n < 0)
		return NULL;
	text[n] = '\0';
	return text;
}

static void json_is_one_line(void **state)
{
	struct reading r = read_telegram(telegram);
	char to[32], want[JSON_MAX + 1];
	struct sockaddr_in at;
	struct world w;
	int fd = listen_at(SOCK_DGRAM, &at);

	(void)state;
	setup(&w);
	w.s.udp_json.target = address_text(to, &at);
	begin(&w);
	hand_over(&w, telegram);
	check_int("trouble", end(&w, ""), 0);
	strcat(want + json_reading(&r, want, sizeof(want)), "\n");
	check_text("line", heard(fd), want);
	assert_null(heard(fd));
	close(fd);
}

static void lines_come_without_their_ends(void **state)
{
	static const struct {
		const char *name, *raw, *want[5];
	} cases[] = {
		{ "as sent",
		  "/X\r\n\r\n1-0:1\r\n!AB\r\n",
		  { "/X", "", "1-0:1", "!AB", NULL } },
		{ "LF alone", "/X\n\n!\n", { "/X", "", "!", NULL } },
		{ "no end", "/X\r\n!", { "/X", "!", NULL } },
		{ "nothing", "", { NULL } },
	};
	struct sockaddr_in at;
	int fd = listen_at(SOCK_DGRAM, &at);
	char to[32];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r = read_telegram(telegram);
		struct world w;

		setup(&w);
		w.s.udp_lines.target = address_text(to, &at);
		begin(&w);
		r.raw = span_of(cases[i].raw);
		outputs_reading(w.f, &r);
		check_int("trouble", end(&w, ""), 0);
		for (int k = 0; cases[i].want[k]; k++)
			check_text(cases[i].name, heard(fd), cases[i].want[k]);
		assert_null(heard(fd));
	}
	close(fd);
}

/* Three registers on three ports: a power, a counter and gas. */
static void values_come_each_by_its_rule(void **state)
{
	static const char *const obis[] = { "1-0:1.7.0", "1-0:1.8.1",
					    "0-1:24.2.1" };
	static const struct {
		const char *name, *from, *to;
		int64_t wait_ms;
		const char *want[3];
	} turns[] = {
		{ "first", "!", "!", 0, { "0.087", "1164.722", "1621.615" } },
		{ "same", "!", "!", 0, { NULL, NULL, NULL } },
		{ "power", "00.087*kW", "00.100*kW", 0, { "0.1", NULL, NULL } },
		{ "back", "!", "!", 0, { "0.087", NULL, NULL } },
		{ "timer", "!", "!", 300000, { NULL, "1164.722", NULL } },
		{ "not again", "!", "!", 0, { NULL, NULL, NULL } },
		{ "gas",
		  "260310110000W",
		  "260310120000W",
		  0,
		  { NULL, "1164.722", "1621.615" } },
	};
	struct outputs_port ports[COUNT(obis)];
	struct sockaddr_in at;
	struct world w;
	int fd[COUNT(obis)];

	(void)state;
	setup(&w);
	for (size_t i = 0; i < COUNT(obis); i++) {
		fd[i] = listen_at(SOCK_DGRAM, &at);
		ports[i] = (struct outputs_port){ obis[i], ntohs(at.sin_port) };
	}
	w.s.udp_values.host = "127.0.0.1";
	w.s.udp_values.ports = ports;
	w.s.udp_values.n = COUNT(obis);
	begin(&w);
	for (size_t t = 0; t < COUNT(turns); t++) {
		char buf[2048];

		w.fake.ms += turns[t].wait_ms;
		hand_over(&w, changed(buf, turns[t].from, turns[t].to));
		for (size_t i = 0; i < COUNT(obis); i++) {
			const char *text = heard(fd[i]);

			check_int(turns[t].name, text != NULL,
				  turns[t].want[i] != NULL);
			if (text != NULL)
				check_text(turns[t].name, text,
					   turns[t].want[i]);
		}
	}
	check_int("trouble", end(&w, ""), 0);
	for (size_t i = 0; i < COUNT(obis); i++)
		close(fd[i]);
}

/* Every system refuses a datagram of more than 64 KiB. */
static void what_is_refused_costs_one_line_an_hour(void **state)
{
	static char line[70000];
	struct reading r = read_telegram(telegram);
	struct world w;

	(void)state;
	memset(line, 'x', sizeof(line));
	r.raw = (struct span){ line, sizeof(line) };
	setup(&w);
	w.s.udp_lines.target = "127.0.0.1:9";
	begin(&w);
	for (int i = 0; i < 7300; i++) {
		w.fake.ms += 1000;
		outputs_reading(w.f, &r);
	}
	check_int("lines",
		  end(&w, "udp_lines: sending to 127.0.0.1:9: Message "
			  "too long"),
		  3);
}

/* Connect a client to the re-broadcast and have it accepted. */
static int client(struct world *w, const struct sockaddr_in *at)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)at, sizeof(*at)),
			 0);
	outputs_pollable(w->f).turn(w->f, POLLIN);
	return fd;
}

static void begin_tcp(struct world *w, struct sockaddr_in *at, char to[32])
{
	close(listen_at(SOCK_STREAM, at)); /* it was free a moment ago */
	setup(w);
	w->s.tcp.listen = address_text(to, at);
	begin(w);
}

static void tcp_clients_get_the_telegram_as_it_came(void **state)
{
	char to[32], text[2 * sizeof(telegram)];
	struct sockaddr_in at;
	struct world w;
	int fd[3];

	(void)state;
	begin_tcp(&w, &at, to);
	hand_over(&w, telegram);
	for (int i = 0; i < 3; i++)
		fd[i] = client(&w, &at);
	close(fd[1]);
	hand_over(&w, telegram);
	hand_over(&w, telegram);
	check_int("trouble", end(&w, ""), 0);
	for (int i = 0; i < 3; i += 2) {
		check_int("bytes", recv(fd[i], text, sizeof(text), MSG_WAITALL),
			  2 * (sizeof(telegram) - 1));
		assert_memory_equal(text + sizeof(telegram) - 1, telegram,
				    sizeof(telegram) - 1);
		close(fd[i]);
	}
}

/* One client reads nothing while another one reads. */
static void a_slow_tcp_client_is_dropped(void **state)
{
	char to[32], text[sizeof(telegram)];
	struct sockaddr_in at;
	struct world w;
	int slow, quick, turns;
	ssize_t n = 1;

	(void)state;
	begin_tcp(&w, &at, to);
	slow = client(&w, &at);
	quick = client(&w, &at);
	for (turns = 0; turns < 50000 && n > 0; turns++) {
		hand_over(&w, telegram);
		n = recv(quick, text, sizeof(text) - 1, MSG_WAITALL);
	}
	check_int("dropped", end(&w, "dropped a client that is too slow"), 1);
	check_int("the quick one heard all", turns, 50000);
	while ((n = recv(slow, text, sizeof(text), 0)) > 0)
		;
	assert_true(n == 0 || errno == ECONNRESET);
	close(slow);
	close(quick);
}

static void more_clients_than_places_are_refused(void **state)
{
	enum { PLACES = 16 };
	char to[32], text[sizeof(telegram)];
	struct sockaddr_in at;
	struct world w;
	int fd[PLACES + 2];

	(void)state;
	begin_tcp(&w, &at, to);
	for (int i = 0; i <= PLACES; i++)
		fd[i] = client(&w, &at);
	check_int("refused", recv(fd[PLACES], text, 1, 0), 0);
	close(fd[3]);
	fd[PLACES + 1] = client(&w, &at);
	hand_over(&w, telegram);
	check_int("in the free place",
		  recv(fd[PLACES + 1], text, sizeof(text), 0),
		  sizeof(telegram) - 1);
	check_int("line", end(&w, "more than 16 clients"), 1);
	for (int i = 0; i < PLACES + 2; i++)
		if (i != 3)
			close(fd[i]);
}

static void a_port_in_use_is_tried_again(void **state)
{
	struct sockaddr_in at;
	struct world w;
	int holder = listen_at(SOCK_STREAM, &at), fd;
	char to[32], text[sizeof(telegram)];

	(void)state;
	assert_int_equal(listen(holder, 1), 0);
	setup(&w);
	w.s.tcp.listen = address_text(to, &at);
	begin(&w);
	for (int i = 0; i < 59; i++)
		hand_over(&w, telegram);
	close(holder);
	w.fake.ms = outputs_pollable(w.f).due(w.f);
	outputs_pollable(w.f).turn(w.f, 0);
	fd = client(&w, &at);
	hand_over(&w, telegram);
	check_int("heard", recv(fd, text, sizeof(text), 0),
		  sizeof(telegram) - 1);
	check_int("line", end(&w, "Address already in use"), 1);
	close(fd);
}

static void the_feed_is_silent_without_a_listener(void **state)
{
	char folder[] = "/tmp/test_outputs.XXXXXX";
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct world w;
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/feed", folder);
	setup(&w);
	w.s.feed.socket = at.sun_path;
	begin(&w);
	hand_over(&w, telegram);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	hand_over(&w, telegram);
	assert_int_equal(strncmp(heard(fd), "{\"time\":\"2026-", 14), 0);
	for (int i = 0; i < 2000; i++) /* nobody reads them */
		hand_over(&w, telegram);
	close(fd);
	hand_over(&w, telegram);
	check_int("silent", end(&w, ""), 0);
	unlink(at.sun_path);
	rmdir(folder);
}

static void the_feed_says_what_the_service_does(void **state)
{
	char folder[] = "/tmp/test_outputs.XXXXXX";
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct service_state s = { .counts.telegrams = 1 };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	const char *line;
	struct world w;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/feed", folder);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	setup(&w);
	w.s.feed.socket = at.sun_path;
	begin(&w);
	outputs_state(w.f);
	assert_null(heard(fd)); /* there is no service */
	outputs_use_state(w.f, &s);
	hand_over(&w, telegram);
	line = heard(fd);
	assert_non_null(line);
	check_text("below the line", strchr(line, '\n'), "\ntelegrams 1\n");
	for (int i = 0; i < 3; i++) { /* two of them within a second */
		s.counts.refused[REFUSED_CRC]++;
		outputs_state(w.f);
		w.fake.ms += 600;
	}
	check_text("first", heard(fd), "\ntelegrams 1\nrefused crc 1\n");
	check_text("third", heard(fd), "\ntelegrams 1\nrefused crc 3\n");
	assert_null(heard(fd));
	close(fd);
	check_int("silent", end(&w, ""), 0);
	unlink(at.sun_path);
	rmdir(folder);
}

static void wrong_settings_are_named(void **state)
{
	static const struct outputs_port bad[] = { { "tmier", 300 } };
	static char longest[200];
	struct outputs_settings s[8];
	static const char *const want[] = {
		"[udp_json] target: ",
		"[udp_json] interface: this machine has no 'eth99x'",
		"[udp_lines] target: ",
		"[udp_values] tmier: unknown register",
		"[udp_values] host: 'nowhere'",
		"[tcp] listen: ",
		"[feed] socket: ",
		"[files] json: ",
	};

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	for (size_t i = 0; i < COUNT(s); i++)
		s[i] = nothing_forwarded();
	s[0].udp_json.target = "here";
	s[1].udp_json.target = "239.0.0.1:9";
	s[1].udp_json.interface = "eth99x";
	s[2].udp_lines.target = "127.0.0.1";
	s[3].udp_values.host = "127.0.0.1";
	s[3].udp_values.ports = bad;
	s[3].udp_values.n = 1;
	s[4].udp_values.host = "nowhere";
	s[4].udp_values.ports = &(struct outputs_port){ "1-0:1.8.1", 7 };
	s[4].udp_values.n = 1;
	s[5].tcp.listen = ":2001";
	s[6].feed.socket = longest;
	s[7].files.json = "here.json";
	for (size_t i = 0; i < COUNT(s); i++) {
		struct err e = { 0 };

		check_int(want[i], outputs_check(&s[i], &e), ERR_CONFIG);
		if (strncmp(e.text, want[i], strlen(want[i])) != 0)
			fail_msg("'%s' does not begin with '%s'", e.text,
				 want[i]);
	}
}

static void nothing_to_forward_is_nothing(void **state)
{
	struct reading r = read_telegram(telegram);
	struct world w;

	(void)state;
	outputs_reading(NULL, &r);
	outputs_use_state(NULL, NULL);
	outputs_state(NULL);
	outputs_finish(NULL, 1000);
	outputs_close(NULL);
	check_int("fd", outputs_pollable(NULL).poll(NULL).fd, -1);
	assert_true(outputs_pollable(NULL).due(NULL) == INT64_MAX);
	setup(&w);
	begin(&w);
	hand_over(&w, telegram);
	check_int("fd", outputs_pollable(w.f).poll(w.f).fd, -1);
	check_int("quiet", end(&w, ""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_one_line),
		cmocka_unit_test(lines_come_without_their_ends),
		cmocka_unit_test(values_come_each_by_its_rule),
		cmocka_unit_test(what_is_refused_costs_one_line_an_hour),
		cmocka_unit_test(tcp_clients_get_the_telegram_as_it_came),
		cmocka_unit_test(a_slow_tcp_client_is_dropped),
		cmocka_unit_test(more_clients_than_places_are_refused),
		cmocka_unit_test(a_port_in_use_is_tried_again),
		cmocka_unit_test(the_feed_is_silent_without_a_listener),
		cmocka_unit_test(the_feed_says_what_the_service_does),
		cmocka_unit_test(wrong_settings_are_named),
		cmocka_unit_test(nothing_to_forward_is_nothing),
	};

	return cmocka_run_group_tests_name("outputs", tests, NULL, NULL);
}
