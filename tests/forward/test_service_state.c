/* What the service does: its line, and its text for p1web and back. */
#include "forward/service_state.h"
#include <stdio.h>
#include <string.h>

#include "tests/check.h"

static void a_line_says_what_goes_on(void **state)
{
	static const struct {
		struct service_state s;
		int64_t age_s;
		const char *line;
	} cases[] = {
		{ { .port = "tcp://meter:2001", .rate = 1000, .held = 2 },
		  0,
		  "tcp://meter:2001, 1/s, last 0 s ago, 2 held" },
		{ { .port = "/dev/ttyUSB0", .rate = 100 },
		  7,
		  "/dev/ttyUSB0, 0.1/s, last 7 s ago" },
		{ { .port = "/dev/ttyUSB0", .rate = 995 },
		  1,
		  "/dev/ttyUSB0, 1/s, last 1 s ago" },
		{ { .port = "/dev/ttyUSB0", .rate = 1003 },
		  1,
		  "/dev/ttyUSB0, 1/s, last 1 s ago" },
		{ { .port = "/dev/ttyUSB0", .rate = 3 },
		  300,
		  "/dev/ttyUSB0, 0.003/s, last 300 s ago" },
		{ { .port = "/dev/ttyUSB0", .lost = true },
		  90,
		  "/dev/ttyUSB0 is lost, last 90 s ago" },
		{ { .lost = true }, -1, "no port found, no telegram yet" },
		{ { .port = "p",
		    .counts.refused = { [REFUSED_CRC] = 2, [REFUSED_CUT] = 1 },
		    .unwritten = 30,
		    .disconnected = "mqtt, tcp" },
		  0,
		  "p, last 0 s ago, 3 refused, 30 not written, mqtt, tcp "
		  "disconnected" },
	};
	char line[SERVICE_STATE_LINE];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(
			"line",
			service_state_line(line, &cases[i].s, cases[i].age_s),
			cases[i].line);
}

static void the_text_is_read_back(void **state)
{
	const int64_t most = INT64_C(999999999999);
	struct service_state s = { .counts.telegrams = most,
				   .lost = true,
				   .rate = most,
				   .held = most,
				   .unwritten = most },
			     back;
	char text[SERVICE_STATE_TEXT], line[SERVICE_STATE_LINE];
	size_t n;

	(void)state;
	memset(s.port, 'p', sizeof(s.port) - 1);
	memset(s.disconnected, 'd', sizeof(s.disconnected) - 1);
	for (int i = 0; i < REFUSAL_COUNT; i++)
		s.counts.refused[i] = INT64_C(100000000000) + i;
	n = service_state_write(text, &s);
	check_int("fits", n == strlen(text) && n + 1 < sizeof(text), true);
	memset(&back, 1, sizeof(back));
	service_state_read(&back, (struct span){ text, n });
	assert_memory_equal(&back, &s, sizeof(s));
	service_state_line(line, &s, most);
	assert_true(strlen(line) + 1 < sizeof(line));
	s = (struct service_state){ .port = "tcp://meter:2001" };
	service_state_write(text, &s);
	check_text("what is 0", text, "telegrams 0\nport tcp://meter:2001\n");
}

static void what_cannot_be_read_is_skipped(void **state)
{
	static const char *const texts[] = {
		"",
		"\n \n",
		"port\n",
		"port \n",
		"port tcp://meter", /* cut short */
		"port a\x1b[31mb\n",
		"held many\nheld -1\nheld\n",
		"lost 2\nlost\n",
		"later 1\n",
	};
	static const struct service_state none;
	char longest[2 * SERVICE_STATE_NAME];
	struct service_state s;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		memset(&s, 0, sizeof(s));
		service_state_read(&s, span_of(texts[i]));
		if (memcmp(&s, &none, sizeof(s)) != 0)
			fail_msg("'%s' counts", texts[i]);
	}
	snprintf(longest, sizeof(longest), "port %0*d\n", SERVICE_STATE_NAME,
		 0);
	service_state_read(&s, span_of(longest));
	check_text("too long", s.port, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_says_what_goes_on),
		cmocka_unit_test(the_text_is_read_back),
		cmocka_unit_test(what_cannot_be_read_is_skipped),
	};

	return cmocka_run_group_tests_name("service_state", tests, NULL, NULL);
}
