#include "forward/udp_values_format.h"
#include "tests/forward/fixture.h"

static void numbers_look_like_python_s(void **state)
{
	static const struct {
		const char *want;
		int64_t value;
		int decimals;
	} cases[] = {
		{ "1164.722", 1164722, 3 },
		{ "0.087", 87, 3 },
		{ "5.0", 5000, 3 },
		{ "0.5", 500, 3 },
		{ "0.0", 0, 3 },
		{ "230.1", 230100, 3 },
		{ "1000.0", 1000000, 3 },
		{ "2", 2, 0 },
		{ "10", 10, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[VALUE_TEXT];

		check_text(cases[i].want,
			   value_text(text, cases[i].value, cases[i].decimals),
			   cases[i].want);
	}
}

static void references_are_registers_or_channels(void **state)
{
	static const struct {
		const char *obis;
		bool known;
		int quantity, channel;
	} cases[] = {
		{ "1-0:1.8.1", true, Q_IMPORT_T1, 0 },
		{ "0-0:96.14.0", true, Q_TARIFF, 0 },
		{ "0-1:24.2.1", true, -1, 1 },
		{ "0-4:24.2.3", true, -1, 4 },
		{ "0-1:24.3.0", true, -1, 1 },
		{ "0-0:24.2.1", false, 0, 0 },
		{ "0-5:24.2.1", false, 0, 0 },
		{ "1-0:99.8.1", false, 0, 0 },
		{ "tmier", false, 0, 0 },
		{ "", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct value_source from;
		const char *name = cases[i].obis;

		check_int(name, value_source_find(span_of(name), &from),
			  cases[i].known);
		if (!cases[i].known)
			continue;
		check_int(name, from.quantity, cases[i].quantity);
		check_int(name, from.channel, cases[i].channel);
	}
}

static struct value_source source(const char *obis)
{
	struct value_source from;

	assert_true(value_source_find(span_of(obis), &from));
	return from;
}

/* Pass the same telegram twice, then a changed one. */
static void news_is_told_by_its_kind(void **state)
{
	static const struct {
		const char *name, *obis;
		bool counters;
		const char *from, *to;
		const char *first, *again, *then; /* NULL: no news */
	} cases[] = {
		{ "power, changed", "1-0:1.7.0", false, "(00.087*kW)",
		  "(00.088*kW)", "0.087", NULL, "0.088" },
		{ "power, the same", "1-0:1.7.0", true, "(00.087*kW)",
		  "(00.087*kW)", "0.087", NULL, NULL },
		{ "tariff", "0-0:96.14.0", false, "(0002)", "(0001)", "2", NULL,
		  "1" },
		{ "counter, not due", "1-0:1.8.1", false, "1164.722",
		  "1164.723", "1164.722", NULL, NULL },
		{ "counter, due", "1-0:1.8.1", true, "1164.722", "1164.723",
		  "1164.722", "1164.722", "1164.723" },
		{ "gas, new value, old time", "0-1:24.2.1", true, "01621.615",
		  "01621.616", "1621.615", NULL, NULL },
		{ "gas, new time", "0-1:24.2.1", false, "(260310110000W)",
		  "(260310120000W)", "1621.615", NULL, "1621.615" },
		{ "water", "0-2:24.2.1", false, "(260310123500W)",
		  "(260310123600W)", "12.345", NULL, "12.345" },
		{ "not sent", "1-0:72.7.0", true, "x", "x", NULL, NULL, NULL },
		{ "no such channel", "0-3:24.2.1", true, "x", "x", NULL, NULL,
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct value_source from = source(cases[i].obis);
		struct value_state s = { 0 };
		struct reading r = read_telegram(telegram), later;
		const struct reading *turns[] = { &r, &r, &later };
		const char *want[] = { cases[i].first, cases[i].again,
				       cases[i].then };
		char buf[2048], text[VALUE_TEXT];

		later = read_telegram(
			cases[i].from[0] == 'x'
				? telegram
				: changed(buf, cases[i].from, cases[i].to));
		for (int t = 0; t < 3; t++) {
			bool news = value_news(&from, turns[t],
					       cases[i].counters, &s, text);

			check_int(cases[i].name, news, want[t] != NULL);
			if (news)
				check_text(cases[i].name, text, want[t]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_look_like_python_s),
		cmocka_unit_test(references_are_registers_or_channels),
		cmocka_unit_test(news_is_told_by_its_kind),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
