/* Numbers as each language writes them, with decimals that fit the size. */
#include "tests/check.h"

#include "base/span.h"
#include "graphs/number_format.h"
#include "tests/graphs/plain_text.h"

static const struct measure watt = { "W", 1, 0 };
static const struct measure kwh = { "kWh", 1000, 3 };
static const struct measure m3 = { "m³", 1000, 3 };

static void check(const char *is, const char *want)
{
	char text[256];

	check_text(want, plain_text(text, is), want);
}

static void amounts_have_at_most_four_digits_that_matter(void **state)
{
	static const struct {
		int64_t value;
		const struct measure *m;
		const char *en, *nl;
	} cases[] = {
		{ 0, &kwh, "0.00_kWh", "0,00_kWh" },
		{ 1, &kwh, "0.00_kWh", "0,00_kWh" },
		{ 5686, &kwh, "5.69_kWh", "5,69_kWh" },
		{ 9994, &kwh, "9.99_kWh", "9,99_kWh" },
		{ 9995, &kwh, "10.0_kWh", "10,0_kWh" },
		{ 192412, &kwh, "192.4_kWh", "192,4_kWh" },
		{ 999949, &kwh, "999.9_kWh", "999,9_kWh" },
		{ 999950, &kwh, "1 000_kWh", "1 000_kWh" },
		{ 1752412, &kwh, "1 752_kWh", "1 752_kWh" },
		{ 1234567890, &m3, "1 234 568_m³", "1 234 568_m³" },
		{ -5686, &kwh, "−5.69_kWh", "−5,69_kWh" },
		{ 4812, &watt, "4 812_W", "4 812_W" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[FORMAT_TEXT];

		check(format_amount(text, cases[i].value, cases[i].m,
				    picture_words_find("en")),
		      cases[i].en);
		check(format_amount(text, cases[i].value, cases[i].m,
				    picture_words_find("nl")),
		      cases[i].nl);
	}
}

static void labels_have_fewer_decimals(void **state)
{
	(void)state;
	check_int("small", format_label_decimals(994, &kwh), 2);
	check_int("about one", format_label_decimals(996, &kwh), 1);
	check_int("a bar", format_label_decimals(7149, &kwh), 1);
	check_int("large", format_label_decimals(99950, &kwh), 0);
	check_int("of watts", format_label_decimals(7, &watt), 0);
}

static void power_is_in_watts_below_a_kilowatt(void **state)
{
	const struct picture_words *en = picture_words_find("en"),
				   *nl = picture_words_find("nl");
	char text[FORMAT_TEXT];

	(void)state;
	check(format_power(text, 478, en), "478_W");
	check(format_power(text, 999, en), "999_W");
	check(format_power(text, 1000, en), "1.00_kW");
	check(format_power(text, 3404, nl), "3,40_kW");
}

static void money_has_its_sign_and_cents(void **state)
{
	static const struct {
		int64_t nano;
		const char *currency, *en, *nl;
	} cases[] = {
		{ 1490000000, "EUR", "€1.49", "€_1,49" },
		{ -200000000, "EUR", "−€0.20", "−€_0,20" },
		{ -2000000, "EUR", "€0.00", "€_0,00" },
		{ 1395800000000, "EUR", "€1 396", "€_1 396" },
		{ 999994000000, "GBP", "£999.99", "£_999,99" },
		{ 999995000000, "USD", "$1 000", "$_1 000" },
		{ 12500000000, "CHF", "CHF_12.50", "CHF_12,50" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[FORMAT_TEXT];

		check(format_money(text, cases[i].nano, cases[i].currency,
				   picture_words_find("en")),
		      cases[i].en);
		check(format_money(text, cases[i].nano, cases[i].currency,
				   picture_words_find("nl")),
		      cases[i].nl);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_have_at_most_four_digits_that_matter),
		cmocka_unit_test(labels_have_fewer_decimals),
		cmocka_unit_test(power_is_in_watts_below_a_kilowatt),
		cmocka_unit_test(money_has_its_sign_and_cents),
	};

	return cmocka_run_group_tests_name("amount", tests, NULL, NULL);
}
