#include <stdio.h>
#include <string.h>

#include "telegram/parse.h"
#include "telegram/parse_parts.h"
#include "tests/check.h"

/* A line that is not plain, and long enough for plain ones above it. */
#define BELOW                                                                  \
	"0-0:96.13.0(303132333435363738393A3B3C3D3E3F"                         \
	"303132333435363738393A3B3C3D3E3F)\r\n"

static void each_quantity_has_a_plain_line(void **state)
{
	char text[256];

	(void)state;
	for (int q = 0; q < Q_COUNT; q++) {
		const struct unit_info *unit = &units[quantities[q].unit];
		struct reading r = { 0 };
		struct span rest = { text, 0 };
		const char *name = quantities[q].name;

		rest.n = (size_t)snprintf(text, sizeof(text),
					  "%.*s(0015%s%s%s)\r\n" BELOW,
					  SPAN_ARG(quantities[q].obis),
					  unit->decimals > 0 ? ".25" : "",
					  *unit->json ? "*" : "", unit->json);
		check_int(name, plain_lines(&r, &rest), 1);
		check_int(name, r.have, INT64_C(1) << q);
		check_int(name, r.value[q], unit->decimals > 0 ? 15250 : 15);
		check_int(name, rest.n, sizeof(BELOW) - 1);
	}
}

static void other_forms_are_left(void **state)
{
	static const char *const lines[] = {
		"1-0:1.8.1*255(1*kWh)\r\n",
		"1-1:1.8.1(1*kWh)\r\n",
		"01-0:1.8.1(1*kWh)\r\n",
		"1-0:1.8.9(1*kWh)\r\n",
		"1-0:01.8.1(1*kWh)\r\n",
		"1-0:1.8.1(*kWh)\r\n",
		"1-0:1.8.1( 1*kWh)\r\n",
		"1-0:1.8.1(1*kwh)\r\n",
		"1-0:1.8.1(1*Wh)\r\n",
		"1-0:1.8.1(1*kWh)\r\n(2*kWh)\r\n",
		"1-0:1.8.1(1*kWh)(2*kWh)\r\n",
		"1-0:1.8.1(1*kWh) \r\n",
		"1-0:1.8.1(1*kWh)\r\r\n",
		"1-0:1.8.1(1.2345*kWh)\r\n",
		"1-0:1.8.1(1.2.3*kWh)\r\n",
		"1-0:1.8.1(-1*kWh)\r\n",
		"1-0:1.8.1(1234567890123*kWh)\r\n",
		"1-0:1.8.1(1\r\n*kWh)\r\n",
		"0-0:96.14.0(TARIFF 1)\r\n",
		"0-0:96.14.0(2*)\r\n",
		" 1-0:1.8.1(1*kWh)\r\n",
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct reading r = { 0 };
		struct span rest = { text, 0 };
		size_t n = (size_t)snprintf(text, sizeof(text), "%s" BELOW,
					    lines[i]);

		rest.n = n;
		check_int(lines[i], plain_lines(&r, &rest), 0);
		check_int(lines[i], r.have, 0);
		check_int(lines[i], rest.n, n);
	}
}

static void nothing_is_read_behind_the_end(void **state)
{
	static const char zeros[] = "\0-0:\0\0\0\0\0(5)\r\n" BELOW;
	static const char zero[] = "1-0:1.8.1\0(5*kWh)\r\n" BELOW;
	static const char plain[] = "1-0:1.8.1(1*kWh)\r\n" BELOW;
	struct reading r = { 0 };
	struct span rest = { zeros, sizeof(zeros) - 1 };

	(void)state;
	check_int("zeros", plain_lines(&r, &rest), 0);
	rest = (struct span){ zero, sizeof(zero) - 1 };
	check_int("zero", plain_lines(&r, &rest), 0);
	for (size_t n = 0; n < sizeof(plain); n++) {
		char exact[sizeof(plain)];

		memcpy(exact + sizeof(exact) - n, plain, n);
		rest = (struct span){ exact + sizeof(exact) - n, n };
		plain_lines(&r, &rest);
	}
}

/* Only behind another line, and with enough below it, may a line be plain. */
static void a_line_means_the_same_everywhere(void **state)
{
	static const char *const values[] = {
		"001234.567*kWh",
		"1*kWh",
		"1",
		"1.",
		".5*kWh",
		"0.1234*kWh",
		"1*Wh",
		"1*kW",
		"123456789012",
		"1234567890123",
		"1*",
		"",
		"999999999999.999*kWh",
		"1*kWhx",
		"1 *kWh",
		"1*kWh ",
	};
	static const char *const ends[] = { "\r\n", "\n", "\r\n\r\n", "\r\n ",
					    "\r\n(7*kWh)\r\n" };
	char first[256], later[512];
	struct reading a, b;

	(void)state;
	for (size_t i = 0; i < COUNT(values) * COUNT(ends); i++) {
		const char *value = values[i / COUNT(ends)];
		const char *end = ends[i % COUNT(ends)];
		int n = snprintf(first, sizeof(first),
				 "/A\r\n\r\n1-0:1.8.1(%s)%s!\r\n", value, end);
		int m = snprintf(later, sizeof(later),
				 "/A\r\n\r\n0-0:96.1.1(30)\r\n"
				 "1-0:1.8.1(%s)%s" BELOW "!\r\n",
				 value, end);

		telegram_parse((struct span){ first, (size_t)n }, 3600, &a);
		telegram_parse((struct span){ later, (size_t)m }, 3600, &b);
		check_int(value, a.have, b.have);
		check_int(value, a.value[Q_IMPORT_T1], b.value[Q_IMPORT_T1]);
	}
}

static void the_first_value_counts(void **state)
{
	static const char text[] =
		"/A\r\n\r\n0-0:96.1.1(30)\r\n"
		"1-0:1.8.1(1*kWh)\r\n1-0:1.8.1(2*kWh)\r\n" BELOW "!\r\n";
	struct reading r;

	(void)state;
	telegram_parse((struct span){ text, sizeof(text) - 1 }, 3600, &r);
	check_int("first", r.value[Q_IMPORT_T1], 1000);
	check_int("below", r.message.n, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_quantity_has_a_plain_line),
		cmocka_unit_test(other_forms_are_left),
		cmocka_unit_test(nothing_is_read_behind_the_end),
		cmocka_unit_test(a_line_means_the_same_everywhere),
		cmocka_unit_test(the_first_value_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
