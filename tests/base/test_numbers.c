#include <string.h>

#include "base/fixed.h"
#include "base/utc.h"
#include "tests/check.h"

static void decimals_become_counts(void **state)
{
	static const struct {
		const char *text;
		int scale;
		bool ok;
		int64_t want;
	} cases[] = {
		{ "001234.567", 3, true, 1234567 },
		{ "000000.000", 3, true, 0 },
		{ "12.5", 3, true, 12500 },
		{ "00052185.7825309", 3, true, 52185782 },
		{ "0000.242", 6, true, 242000 },
		{ "6545766", 0, true, 6545766 },
		{ "01219311.383", 0, true, 1219311 },
		{ "99999999.999", 3, true, INT64_C(99999999999) },
		{ "999999999999.999999", 6, true, INT64_C(999999999999999999) },
		{ ".5", 3, true, 500 },
		{ "5.", 3, true, 5000 },
		{ "", 3, false, 0 },
		{ ".", 3, false, 0 },
		{ "-1.000", 3, false, 0 },
		{ "+1", 3, false, 0 },
		{ " 1", 3, false, 0 },
		{ "1.0.0", 3, false, 0 },
		{ "1,0", 3, false, 0 },
		{ "1e3", 3, false, 0 },
		{ "1234567890123", 3, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t v = -1;

		check_int(
			cases[i].text,
			fixed_parse(span_of(cases[i].text), cases[i].scale, &v),
			cases[i].ok);
		check_int(cases[i].text, v, cases[i].ok ? cases[i].want : -1);
	}
}

static void a_comma_is_taken_for_a_point(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "0,25", "0.25" },
		{ "-1,5", "-1.5" },
		{ ",5", ".5" },
		{ "12,", "12." },
		{ "0.25", NULL },
		{ "1.234,56", NULL },
		{ "1,234,567", NULL },
		{ "a,b", NULL },
		{ "", NULL },
		{ ",", NULL },
		{ "-", NULL },
		{ "1,5 EUR", NULL },
		{ "1234567890123456789,12345", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char buf[FIXED_TEXT];
		const char *is = fixed_with_point(buf, span_of(cases[i].text));

		check_text(cases[i].text, is != NULL ? is : "",
			   cases[i].want != NULL ? cases[i].want : "");
	}
}

static void counts_become_decimals(void **state)
{
	static const struct {
		int64_t count;
		const char *want, *shorter, *whole;
	} cases[] = {
		{ 1164722, "1164.722", "1164.722", "1164722" },
		{ 0, "0.000", "0.0", "0" },
		{ 5, "0.005", "0.005", "5" },
		{ -5, "-0.005", "-0.005", "-5" },
		{ 160, "0.160", "0.16", "160" },
		{ -5000, "-5.000", "-5.0", "-5000" },
		{ 10, "0.010", "0.01", "10" },
		{ 100200, "100.200", "100.2", "100200" },
		{ -12345, "-12.345", "-12.345", "-12345" },
		{ INT64_MIN, "-9223372036854775.808", "-9223372036854775.808",
		  "-9223372036854775808" },
	};
	char buf[FIXED_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *want = cases[i].want;

		check_text(want, fixed_format(buf, cases[i].count), want);
		check_int(want, fixed_short(buf, cases[i].count),
			  strlen(cases[i].shorter));
		check_text(want, buf, cases[i].shorter);
		check_int(want, fixed_whole(buf, cases[i].count),
			  strlen(cases[i].whole));
		check_text(want, buf, cases[i].whole);
	}
}

static void dates_and_seconds_agree(void **state)
{
	static const struct {
		const char *text;
		int64_t utc;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2000-02-29T12:00:00Z", 951825600 },
		{ "2020-03-10T11:36:10Z", 1583840170 },
		{ "2023-10-29T00:30:00Z", 1698539400 },
		{ "2038-01-19T03:14:08Z", 2147483648 },
		{ "2100-03-01T00:00:00Z", 4107542400 },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799) },
	};
	char buf[UTC_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t utc = -1;

		assert_true(utc_parse(span_of(cases[i].text), &utc));
		check_int(cases[i].text, utc, cases[i].utc);
		check_text(cases[i].text, utc_format(buf, utc), cases[i].text);
	}
}

static void every_day_of_two_centuries_comes_back(void **state)
{
	(void)state;
	for (int64_t day = 0; day < 200 * 365; day++) {
		struct civil c = utc_to_civil(day * 86400 + 86399);

		assert_true(civil_valid(&c));
		assert_int_equal(utc_from_civil(&c), day * 86400 + 86399);
	}
}

static void fields_out_of_range_carry_over(void **state)
{
	struct civil c = { 2024, 14, 32, 0, 0, 0 };
	char buf[UTC_TEXT];

	(void)state;
	check_text("month 14, day 32", utc_format(buf, utc_from_civil(&c)),
		   "2025-03-04T00:00:00Z");
}

static void impossible_times_mean_none(void **state)
{
	static const struct {
		const char *text;
		bool ok;
	} cases[] = {
		{ "231029023000", true },  { "000101000000", true },
		{ "691231235959", true },  { "240229000000", true },
		{ "230229000000", false }, { "632525252525", false },
		{ "700101010000", false }, { "230000000000", false },
		{ "230101240000", false }, { "230101006000", false },
		{ "23010100006", false },  { "2301010000600", false },
		{ "23010100000x", false }, { "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct civil c = { 0 };

		check_int(cases[i].text,
			  civil_parse_tst(span_of(cases[i].text), &c),
			  cases[i].ok);
		check_int(cases[i].text, c.year > 0, cases[i].ok);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals_become_counts),
		cmocka_unit_test(a_comma_is_taken_for_a_point),
		cmocka_unit_test(counts_become_decimals),
		cmocka_unit_test(dates_and_seconds_agree),
		cmocka_unit_test(every_day_of_two_centuries_comes_back),
		cmocka_unit_test(fields_out_of_range_carry_over),
		cmocka_unit_test(impossible_times_mean_none),
	};

	return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
