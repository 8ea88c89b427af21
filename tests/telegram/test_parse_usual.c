#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/obis_other_lines.h"
#include "telegram/parse.h"
#include "telegram/parse_parts.h"
#include "tests/check.h"

/* Long enough for the lines above it, and not usual. */
#define BELOW                                                                  \
	"0-0:96.13.0( 303132333435363738393A3B3C3D3E3F"                        \
	"303132333435363738393A3B3C3D3E3F)\r\n"

/* Read the usual lines of `text`. Returns how many characters are left. */
static size_t read_usual(const char *text, size_t n, struct reading *r)
{
	struct span rest = { text, n };
	struct parse p = { .r = r, .base = 3600 };

	*r = (struct reading){ 0 };
	usual_lines(&p, &rest);
	return rest.n;
}

static void each_reference_is_found_by_its_text(void **state)
{
#define TEXT(a, b, c, d, e) #a "-" #b ":" #c "." #d "." #e "("
	static const struct {
		const char *text;
		uint32_t reference;
	} all[] = {
#define X(id, name, obis, unit, place) { TEXT obis, OBIS obis },
		QUANTITIES(X)
#undef X
#define X(obis, reader) { TEXT obis, OBIS obis },
			REFERENCES(X)
#undef X
	};
	char line[64];

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		struct known_place is;

		snprintf(line, sizeof(line), "%s1)\r\n1-0:", all[i].text);
		is = known_text(line, known_rows);
		if (is.known == NULL)
			fail_msg("%s is not found", all[i].text);
		check_int(all[i].text, is.known->reference, all[i].reference);
		check_int(all[i].text, is.value - line, strlen(all[i].text));
		check_int(all[i].text,
			  known_reference(all[i].reference) == is.known, true);
	}
}

static void each_quantity_has_a_usual_line(void **state)
{
	char text[256];

	(void)state;
	for (int q = 0; q < Q_COUNT; q++) {
		const struct unit_info *unit = &units[quantities[q].unit];
		const char *name = quantities[q].name;
		struct reading r;
		int n = snprintf(text, sizeof(text),
				 "%.*s(0015%s%s%s)\r\n" BELOW,
				 SPAN_ARG(quantities[q].obis),
				 unit->decimals > 0 ? ".25" : "",
				 *unit->json ? "*" : "", unit->json);

		check_int(name, read_usual(text, (size_t)n, &r),
			  sizeof(BELOW) - 1);
		check_int(name, r.have, INT64_C(1) << q);
		check_int(name, r.value[q], unit->decimals > 0 ? 15250 : 15);
	}
}

static void usual_lines_are_read(void **state)
{
	static const struct {
		const char *line;
		int64_t want; /* -1: nothing to read, but the line is cut off */
	} cases[] = {
		{ "1-0:1.8.1(1*kWh)\r\n", 1000 },
		{ "1-0:1.8.1(1*kWh)\n", 1000 },
		{ "1-0:1.8.1*255(1*kWh)\r\n", 1000 },
		{ "1-1:1.8.1(1*kWh)\r\n", 1000 },
		{ "1-0:01.8.1(1*kWh)\r\n", 1000 },
		{ "1-0:1.8.1(1)\r\n", 1000 },
		{ "1-0:1.8.1(1*kwh)\r\n", 1000 },
		{ "1-0:1.8.1(1234*Wh)\r\n", 1234 },
		{ "1-0:1.8.1(1.2345*kWh)\r\n", 1234 },
		{ "1-0:1.8.1(1.123456789*kWh)\r\n", 1123 },
		{ "1-0:1.8.1(1*kWh)(2*kWh)\r\n", 1000 },
		{ "1-0:1.8.1(999999999999.999*kWh)\r\n",
		  INT64_C(999999999999999) },
		{ "1-0:1.8.1(1234567890123*kWh)\r\n", -1 },
		{ "1-0:1.8.1(-1*kWh)\r\n", -1 },
		{ "1-0:1.8.1(1.2.3*kWh)\r\n", -1 },
		{ "1-0:1.8.1(1*kW)\r\n", -1 },
		{ "1-0:1.8.1(*kWh)\r\n", -1 },
		{ "1-0:1.8.1()\r\n", -1 },
		{ "1-0:1.8.9(1*kWh)\r\n", -1 },
		{ "1-0:99.99.99(1)(2)\r\n", -1 },
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		int n = snprintf(text, sizeof(text), "%s" BELOW, cases[i].line);

		check_int(cases[i].line, read_usual(text, (size_t)n, &r),
			  sizeof(BELOW) - 1);
		check_int(cases[i].line,
			  reading_has(&r, Q_IMPORT_T1) ? r.value[Q_IMPORT_T1]
						       : -1,
			  cases[i].want);
	}
}

static void other_forms_are_left(void **state)
{
	static const char *const lines[] = {
		" 1-0:1.8.1(1*kWh)\r\n",
		"01-0:1.8.1(1*kWh)\r\n",
		"1-0:1.8.1 (1*kWh)\r\n",
		"1-0:1.8.1(1*kWh)\r\n(2*kWh)\r\n",
		"1-0:1.8.1(1*kWh)\r\n\r\n",
		"1-0:1.8.1(1*kWh) \r\n",
		"1-0:1.8.1(1*kWh)\r\r\n",
		"1-0:1.8.1( 1*kWh)\r\n",
		"1-0:1.8.1(1\r\n*kWh)\r\n",
		"0-0:96.14.0(TARIFF 1)\r\n",
		"0-0:96.13.0(a (b))\r\n",
		"0-0:96.13.0(a\r\n",
		"1-0:1.8.1(1\r\n",
		"1-0:1.8.1\r\n",
		"!\r\n",
	};
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct reading r;
		int n = snprintf(text, sizeof(text), "%s" BELOW, lines[i]);

		check_int(lines[i], read_usual(text, (size_t)n, &r), n);
		check_int(lines[i], r.have, 0);
	}
}

/* The sanitizers see a load behind the last character. */
static void nothing_is_read_behind_the_end(void **state)
{
	static const char *const texts[] = {
		"1-0:1.8.1*255(1*kWh)\r\n1-0:1.8.2(1*kWh)\r\n" BELOW,
		"1-0:1.8.1(123456789012.123456*kvarh__)\r\n1",
		"1-0:1.8.1(11111111111111111111111111111111111111\n",
		"1-0:1.8.1(1.11111111111111111111111111111111111\n",
		"\0-0:\0\0\0\0\0(5)\r\n",
	};
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		for (size_t n = 1; n <= strlen(texts[i]); n++) {
			char *exact = malloc(n);

			assert_non_null(exact);
			memcpy(exact, texts[i], n);
			exact[n - 1] = '\n';
			read_usual(exact, n, &r);
			exact[n - 1] = '1';
			read_usual(exact, n, &r);
			free(exact);
		}
}

static void a_zero_ends_no_reference(void **state)
{
	static const char zeros[] = "\0-0:\0\0\0\0\0(5)\r\n" BELOW;
	static const char zero[] = "1-0:1.8.1\0(5*kWh)\r\n" BELOW;
	struct reading r;

	(void)state;
	check_int("zeros", read_usual(zeros, sizeof(zeros) - 1, &r),
		  sizeof(zeros) - 1);
	check_int("zero", read_usual(zero, sizeof(zero) - 1, &r),
		  sizeof(zero) - 1);
}

static int count_lines(const struct reading *r)
{
	struct span rest = r->raw;
	struct line line;
	int n = 0;

	while (telegram_line(&rest, &line))
		n++;
	return n;
}

/* With little below it a line is read by the general functions. */
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
		check_int(value, a.lines, count_lines(&a));
		check_int(value, b.lines, a.lines + 2);
		check_int(value, b.lines, count_lines(&b));
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
	check_int("below", r.message.n, 65);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reference_is_found_by_its_text),
		cmocka_unit_test(each_quantity_has_a_usual_line),
		cmocka_unit_test(usual_lines_are_read),
		cmocka_unit_test(other_forms_are_left),
		cmocka_unit_test(nothing_is_read_behind_the_end),
		cmocka_unit_test(a_zero_ends_no_reference),
		cmocka_unit_test(a_line_means_the_same_everywhere),
		cmocka_unit_test(the_first_value_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
