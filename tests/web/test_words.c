/* The language that a browser asks for, and what each language has. */
#include <string.h>

#include "tests/check.h"
#include "web/words.h"

static void asked_for(void **state)
{
	static const char *const cases[][2] = {
		{ "nl", "nl" },
		{ "nl-BE", "nl" },
		{ "NL-nl,nl;q=0.9,en;q=0.8", "nl" },
		{ "de,nl;q=0.5,en;q=0.3", "nl" },
		{ "en,nl;q=0.9", "en" },
		{ "nl;q=0.1, en;q=0.2", "en" },
		{ "nl;q=0, fr", "en" },
		{ "nl;q=x", "en" },
		{ "nl;q=2", "en" },
		{ "nlx", "en" },
		{ "fr", "en" },
		{ "*", "en" },
		{ "", "en" },
		{ ",;,q=", "en" },
	};

	bool named;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(cases[i][0],
			   words_for(span_of(cases[i][0]), &named)->language,
			   cases[i][1]);
	words_for(SPAN("fr, nl;q=0.1"), &named);
	assert_true(named);
	words_for(SPAN("fr, *"), &named);
	assert_false(named);
	check_text("nl", words_named("nl")->language, "nl");
	check_text("fr", words_named("fr")->language, "en");
}

/* No word is missing: all members are texts. */
static void each_word_is_there(void **state)
{
	static const char *const names[] = { "en", "nl" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct words *w = words_named(names[i]);
		const char *const *text = (const char *const *)w;

		for (size_t k = 0; k < sizeof(*w) / sizeof(*text); k++)
			if (text[k] == NULL || *text[k] == '\0')
				fail_msg("%s: word %zu", names[i], k);
		assert_non_null(strstr(w->last, "%s"));
		assert_non_null(strstr(w->none_since, "%s"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asked_for),
		cmocka_unit_test(each_word_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
