#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/json.h"
#include "telegram/json_check.h"
#include "telegram/parse.h"
#include "tests/check.h"

enum { CET = 3600 };

static void telegrams_become_lines(void **state)
{
	static const struct {
		const char *name, *text, *want;
		enum crc_state crc;
	} cases[] = {
		{ "new",
		  "/TST5\\x\r\n\r\n1-3:0.2.8(50)\r\n"
		  "0-0:1.0.0(200310123610W)\r\n0-0:96.1.1(4530)\r\n"
		  "1-0:1.8.1(001164.722*kWh)\r\n1-0:2.8.1(000000.007*kWh)\r\n"
		  "0-0:96.14.0(0002)\r\n1-0:1.7.0(00.433*kW)\r\n"
		  "0-0:96.7.21(00013)\r\n1-0:99.97.0(1)(0-0:96.7.19)"
		  "(190212131114W)(0000003632*s)\r\n"
		  "1-0:32.7.0(230.1*V)\r\n1-0:31.7.0(003.41*A)\r\n"
		  "0-1:24.1.0(003)\r\n0-1:96.1.0(4730)\r\n"
		  "0-1:24.2.1(200310123504W)(01621.615*m3)\r\n"
		  "0-2:24.1.0(003)\r\n0-2:96.1.0()\r\n!0000\r\n",
		  "{\"time\":\"2020-03-10T11:36:10Z\",\"header\":\"/TST5\\\\x\","
		  "\"version\":\"50\",\"meter\":\"4530\",\"crc\":\"ok\","
		  "\"tariff\":2,\"import_t1\":1164.722,\"export_t1\":0.007,"
		  "\"power_import\":0.433,\"voltage_l1\":230.100,"
		  "\"current_l1\":3.410,\"power_failures\":13,"
		  "\"power_failure_log\":[{\"end\":\"2019-02-12T12:11:14Z\","
		  "\"seconds\":3632}],\"mbus\":[{\"channel\":1,"
		  "\"medium\":\"gas\",\"meter\":\"4730\","
		  "\"time\":\"2020-03-10T11:35:04Z\",\"value\":1621.615,"
		  "\"unit\":\"m3\"}]}",
		  CRC_OK },
		{ "Belgian",
		  "/FLU5\r\n1-0:1.4.0(02.351*kW)\r\n"
		  "1-0:1.6.0(200509134558S)(02.589*kW)\r\n"
		  "0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)"
		  "(200501000000S)(200423192538S)(03.695*kW)"
		  "(200401000000S)(200305122139W)(05.980*kW)\r\n"
		  "0-0:96.3.10(1)\r\n0-0:17.0.0(999.9*kW)\r\n"
		  "1-0:31.4.0(999*A)\r\n0-0:96.13.0(4142)\r\n"
		  "0-0:96.13.1(31)\r\n0-1:24.1.0(004)\r\n"
		  "0-1:24.2.1(200310123504W)(240.860*GJ)\r\n"
		  "0-3:24.2.1(200310123504W)(1*m3)\r\n"
		  "0-4:24.1.0(031)\r\n0-4:24.2.1(200310123504W)(1*m3)\r\n",
		  "{\"header\":\"/FLU5\",\"crc\":\"ok\","
		  "\"demand_average\":2.351,\"demand_peak\":2.589,"
		  "\"demand_peak_time\":\"2020-05-09T11:45:58Z\","
		  "\"demand_peaks\":[{\"month_end\":\"2020-03-31T22:00:00Z\","
		  "\"time\":\"2020-03-05T11:21:39Z\",\"value\":5.980},"
		  "{\"month_end\":\"2020-04-30T22:00:00Z\","
		  "\"time\":\"2020-04-23T17:25:38Z\",\"value\":3.695}],"
		  "\"breaker\":1,\"limiter\":999.900,\"fuse_l1\":999.000,"
		  "\"message\":\"4142\",\"message_code\":\"31\","
		  "\"mbus\":[{\"channel\":1,\"medium\":\"heat\","
		  "\"time\":\"2020-03-10T11:35:04Z\",\"value\":240.860,"
		  "\"unit\":\"GJ\"},{\"channel\":3,"
		  "\"time\":\"2020-03-10T11:35:04Z\",\"value\":1.000,"
		  "\"unit\":\"m3\"},{\"channel\":4,\"medium\":\"type-031\","
		  "\"time\":\"2020-03-10T11:35:04Z\",\"value\":1.000,"
		  "\"unit\":\"m3\"}]}",
		  CRC_OK },
		{ "old: no time, a gas stamp without a zone, a limiter in A",
		  "/OLD5\r\n1-0:1.8.1(00001.001*kWh)\r\n0-0:17.0.0(016*A)\r\n"
		  "1-0:31.4.0(25*A)\r\n0-1:24.1.0(3)\r\n"
		  "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n"
		  "(00001.001)\r\n!\r\n",
		  "{\"header\":\"/OLD5\",\"crc\":\"none\",\"import_t1\":1.001,"
		  "\"limiter\":16.000,\"limiter_unit\":\"A\","
		  "\"fuse_l1\":25.000,\"mbus\":[{\"channel\":1,"
		  "\"medium\":\"gas\",\"time\":\"2016-11-07T19:00:00\","
		  "\"value\":1.001,\"unit\":\"m3\"}]}",
		  CRC_NONE },
		{ "odd bytes",
		  "/A\"B\\C\x02\x7F\x80\xFF\r\n0-0:96.13.0(a/\t\r\n\x1F)\r\n",
		  "{\"header\":\"/A\\\"B\\\\C\\u0002\\u007f\\u0080\\u00ff\","
		  "\"crc\":\"ok\","
		  "\"message\":\"a/\\u0009\\u000d\\u000a\\u001f\"}",
		  CRC_OK },
	};
	static char line[JSON_MAX];
	struct reading r;
	int64_t utc;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(telegram_parse(span_of(cases[i].text), CET, &r));
		r.crc = cases[i].crc;
		check_int(cases[i].name, json_reading(&r, line, sizeof(line)),
			  strlen(cases[i].want));
		check_text(cases[i].name, line, cases[i].want);
		check_int(cases[i].name, json_check(span_of(line), &utc), true);
		check_int(cases[i].name, utc,
			  r.time.kind == TIMESTAMP_UTC ? r.time.utc
						       : INT64_MIN);
	}
}

static void what_is_not_such_a_line_is_told_apart(void **state)
{
	static const char *const lines[] = {
		"",
		"{",
		"{}",
		"[]",
		"null",
		"{\"tariff\":1",
		"{\"tariff\":1}}",
		"{\"tariff\":1} ",
		"{ \"tariff\":1}",
		"{\"tariff\":1,}",
		"{\"tariff\":1,\"tariff\":1}",
		"{\"tariff\":1.5}",
		"{\"tariff\":\"1\"}",
		"{\"tariff\":01}",
		"{\"tariff\":-}",
		"{\"unknown\":1}",
		"{\"power_import\":1.}",
		"{\"power_import\":.1}",
		"{\"power_import\":1e400}",
		"{\"power_import\":1.2345}",
		"{\"power_import\":1234567890123456}",
		"{\"power_import\":NaN}",
		"{\"power_import\":{\"power_import\":1}}",
		"{\"time\":5}",
		"{\"time\":\"\"}",
		"{\"time\":\"x\"}",
		"{\"time\":\"2026-02-30T00:00:00Z\"}",
		"{\"time\":\"2026-03-10T11:36:10ZZ\"}",
		"{\"meter\":\"a\\n\"}",
		"{\"meter\":\"a\\u1234\"}",
		"{\"meter\":\"a\\\"}",
		"{\"meter\":\"a\nb\"}",
		"{\"meter\":\"\xff\"}",
		"{\"meter\":\"a}",
		"{\"mbus\":[]}",
		"{\"held\":[]}",
		"{\"held\":\"gas\"}",
		"{\"held\":[1]}",
		"{\"held\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}",
		"{\"mbus\":[{}]}",
		"{\"mbus\":[{\"tariff\":1}]}",
		"{\"mbus\":[[[[{\"channel\":1}]]]]}",
		("{\"mbus\":[{\"channel\":1},{\"channel\":1},{\"channel\":1},"
		 "{\"channel\":1},{\"channel\":1}]}"),
	};
	int64_t utc;

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++)
		check_int(lines[i], json_check(span_of(lines[i]), &utc), false);
}

static void what_is_held_is_named(void **state)
{
	static const char *const want[] = {
		[0] = "{\"crc\":\"ok\"}",
		[1] = "{\"crc\":\"ok\",\"held\":[\"electricity\"]}",
		[1 << 2] = "{\"crc\":\"ok\",\"held\":[\"gas\"]}",
		[1 | 1 << 2 | 1 << 4] =
			"{\"crc\":\"ok\",\"held\":[\"electricity\","
			"\"gas\",\"type-031\"]}",
	};
	struct reading r = { .crc = CRC_OK };
	char line[200];
	int64_t utc;

	(void)state;
	r.mbus[1] = (struct mbus){ .channel = 2, .medium = MEDIUM_GAS };
	r.mbus[3] = (struct mbus){ .channel = 4,
				   .type = 31,
				   .medium = MEDIUM_OTHER };
	for (size_t held = 0; held < COUNT(want); held++) {
		if (want[held] == NULL)
			continue;
		r.held = (unsigned)held;
		assert_int_equal(json_reading(&r, line, sizeof(line)),
				 strlen(want[held]));
		check_text("held", line, want[held]);
		check_int(line, json_check(span_of(line), &utc), true);
	}
}

static void a_buffer_too_small_gives_nothing(void **state)
{
	struct reading r;
	char line[256];
	size_t n;

	(void)state;
	telegram_parse(SPAN("/A\r\n1-0:1.8.1(1*kWh)\r\n"), CET, &r);
	n = json_reading(&r, line, sizeof(line));
	assert_true(n > 0 && n < sizeof(line));
	for (size_t size = 0; size <= n; size++) {
		memset(line, 'x', sizeof(line));
		check_int("size", json_reading(&r, line, size), 0);
		check_int("past the end", line[size], 'x');
	}
	check_int("just enough", json_reading(&r, line, n + 1), n);
	check_int("NUL", line[n], '\0');
}

/* Every text and every number is as long as possible. */
static void the_longest_fits(void **state)
{
	static char raw[TELEGRAM_MAX], line[JSON_MAX];
	struct timestamp late = { TIMESTAMP_UTC, INT64_C(253402300799), { 0 } };
	struct reading r = { .have = UINT64_MAX,
			     .time = late,
			     .demand_peak_time = late,
			     .peaks = PEAKS_MAX,
			     .failures = FAILURES_MAX };

	(void)state;
	memset(raw, 0xFF, sizeof(raw));
	r.header = (struct span){ raw, 30000 };
	r.message = (struct span){ raw, sizeof(raw) - 30000 };
	for (int q = 0; q < Q_COUNT; q++)
		r.value[q] = INT64_MIN;
	for (int i = 0; i < PEAKS_MAX; i++)
		r.peak[i] = (struct peak){ late, late, INT64_MIN };
	for (int i = 0; i < FAILURES_MAX; i++)
		r.failure[i] = (struct failure){ late, INT64_MIN };
	for (int i = 0; i < MBUS_CHANNELS; i++)
		r.mbus[i] = (struct mbus){ .channel = i + 1,
					   .time = late,
					   .medium = MEDIUM_WARM_WATER,
					   .has_value = true,
					   .value = INT64_MIN };
	assert_true(json_reading(&r, line, sizeof(line)) > 6 * sizeof(raw));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(telegrams_become_lines),
		cmocka_unit_test(what_is_not_such_a_line_is_told_apart),
		cmocka_unit_test(what_is_held_is_named),
		cmocka_unit_test(a_buffer_too_small_gives_nothing),
		cmocka_unit_test(the_longest_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
