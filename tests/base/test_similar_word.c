/* What is near enough to be meant. */
#include "base/similar_word.h"
#include "base/span.h"
#include "tests/check.h"

static const char *const known[] = { "once",   "wait",	       "discover",
				     "verify", "check-config", "electricity",
				     "c",      "repair",       "redact" };

static void the_nearest_word_is_found(void **state)
{
	static const char *const cases[][2] = {
		{ "once", "once" },
		{ "oncee", "once" },
		{ "ocne", "once" },
		{ "onc", "once" },
		{ "ONCE", "once" },
		{ "electricty", "electricity" },
		{ "check_config", "check-config" },
		{ "checkconfig", "check-config" },
		{ "chekc-confg", "check-config" },
		{ "verfiy", "verify" },
		{ "repar", "repair" },
		{ "reapct", "redact" },
		{ "on", "none" },
		{ "x", "none" },
		{ "file", "none" },
		{ "nonsense", "none" },
		{ "today", "none" },
		{ "", "none" },
		{ "a-word-with-more-letters-than-any-key-of-the-settings-has-or-needs",
		  "none" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct similar_word s = { .word = cases[i][0] };

		for (size_t k = 0; k < COUNT(known); k++)
			similar_word_try(&s, known[k]);
		check_text(cases[i][0], s.nearest != NULL ? s.nearest : "none",
			   cases[i][1]);
	}
}

static void a_long_known_word_is_not_near(void **state)
{
	struct similar_word s = { .word = "once" };

	(void)state;
	similar_word_try(
		&s, "a-word-with-more-letters-than-any-key-of-the-settings-"
		    "has-or-needs");
	check_int("near", s.nearest != NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_word_is_found),
		cmocka_unit_test(a_long_known_word_is_not_near),
	};

	return cmocka_run_group_tests_name("similar_word", tests, NULL, NULL);
}
