/* ETags: what is the same, and what a client has. */
#include <string.h>

#include "tests/check.h"
#include "web/etag.h"

static void contents(void **state)
{
	char plain[ETAG_TEXT], gzip[ETAG_TEXT];

	(void)state;
	assert_true(etag_of("", 0) != 0);
	assert_true(etag_of("ab", 2) == etag_of("abc", 2));
	assert_true(etag_of("ab", 2) != etag_of("ac", 2));
	assert_true(etag_of("ab", 2) != etag_of("ab", 1));
	etag_format(plain, 0xab, false);
	etag_format(gzip, 0xab, true);
	assert_string_equal(plain, "\"00000000000000ab\"");
	assert_string_equal(gzip, "\"00000000000000ab-gzip\"");
}

static void known(void **state)
{
	static const struct {
		const char *header;
		bool known;
	} cases[] = {
		{ "\"ab\"", true },
		{ "W/\"ab\"", true },
		{ "*", true },
		{ " \"x\" , \"ab\" ", true },
		{ "\"x\",W/\"y\",W/\"ab\"", true },
		{ "", false },
		{ "ab", false },
		{ "\"a\"", false },
		{ "\"abc\"", false },
		{ "\"ab-gzip\"", false },
		{ "\"AB\"", false },
		{ ",,,", false },
		{ "w/\"ab\"", false },
		{ "\"x\" \"ab\"", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (etag_is_known(span_of(cases[i].header), "\"ab\"") !=
		    cases[i].known)
			fail_msg("'%s'", cases[i].header);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contents),
		cmocka_unit_test(known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
