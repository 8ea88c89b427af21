/* What is an origin, and what is not. */
#include <string.h>

#include "base/origin.h"
#include "base/span.h"
#include "tests/check.h"

static void origins(void **state)
{
	static const struct {
		const char *text;
		bool fine;
	} cases[] = {
		{ "http://homeassistant.local:8123", true },
		{ "https://ha.example.org", true },
		{ "http://192.168.1.5:8123", true },
		{ "http://[fe80::1]:8123", true },
		{ "http://[::1]", true },
		{ "http://pi", true },
		{ "", false },
		{ "*", false },
		{ "'self'", false },
		{ "homeassistant.local", false },
		{ "homeassistant.local:8123", false },
		{ "http://", false },
		{ "http://:8123", false },
		{ "http://pi:", false },
		{ "http://pi:x", false },
		{ "http://pi:123456", false },
		{ "http://pi/", false },
		{ "http://pi:8123/lovelace", false },
		{ "http://*.example.org", false },
		{ "http://pi https://other", false },
		{ "http://pi; script-src *", false },
		{ "http://pi, http://other", false },
		{ "http://[]", false },
		{ "http://[::1", false },
		{ "file://pi", false },
		{ "http://pi\r\nx: y", false },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if ((origin_check(cases[i].text, "frame", &e) == 0) !=
		    cases[i].fine)
			fail_msg("'%s'", cases[i].text);
	assert_int_equal(origin_check("*", "frame", &e), ERR_CONFIG);
	assert_non_null(strstr(e.text, "frame = *: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(origins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
