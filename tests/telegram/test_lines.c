#include <stdio.h>
#include <string.h>

#include "telegram/lines.h"
#include "tests/check.h"

/* Write all lines as "obis=group|group;", with '~' for CR LF within a group. */
static void shown(const char *text, size_t n, char *out, size_t size)
{
	struct span rest = { text, n }, value;
	struct line line;
	size_t used = 0;

	*out = '\0';
	while (telegram_line(&rest, &line)) {
		used += (size_t)snprintf(out + used, size - used,
					 "%.*s=", SPAN_ARG(line.obis));
		while (telegram_group(&line.groups, &value))
			used += (size_t)snprintf(out + used, size - used,
						 "%.*s|", SPAN_ARG(value));
		used += (size_t)snprintf(out + used, size - used, ";");
	}
	for (char *c = out; *c != '\0'; c++)
		if (*c == '\r' || *c == '\n')
			*c = '~';
}

static void lines_and_groups(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "plain",
		  "/A\r\n\r\n1-0:1.8.1(1*kWh)\r\n0-0:1.0.0(2)\r\n!\r\n",
		  "1-0:1.8.1=1*kWh|;0-0:1.0.0=2|;" },
		{ "LF only", "/A\n1-0:1.8.1(1)\n\n\n0-0:1.0.0(2)\n!",
		  "1-0:1.8.1=1|;0-0:1.0.0=2|;" },
		{ "indented", "/A\n\t 1-0:1.8.1(1)\n  0-0:1.0.0(2)\n",
		  "1-0:1.8.1=1|;0-0:1.0.0=2|;" },
		{ "end behind a bracket", "/A\r\n1-0:1.8.1(1)!12AB\r\n",
		  "1-0:1.8.1=1|;" },
		{ "group F", "1-0:1.8.1*255(1)\n1-0:2.8.1.255(2)\n",
		  "1-0:1.8.1=1|;1-0:2.8.1=2|;" },
		{ "groups", "1-0:99.97.0(2)(0-0:96.7.19)(a)(b*s)\n",
		  "1-0:99.97.0=2|0-0:96.7.19|a|b*s|;" },
		{ "empty", "0-0:96.13.0()\n", "0-0:96.13.0=|;" },
		{ "value below",
		  "0-1:24.3.0(t)(m3)\r\n(947.68)\r\n0-1:2.0.0(x)\n",
		  "0-1:24.3.0=t|m3|947.68|;0-1:2.0.0=x|;" },
		{ "broken value",
		  "0-0:96.13.0(ab\r\ncd\r\nef)\r\n1-0:1.8.1(1)\n",
		  "0-0:96.13.0=ab~~cd~~ef|;1-0:1.8.1=1|;" },
		{ "no lines", "noise\n(x)\n!x\n1-0:1.8.1(1)\n",
		  "1-0:1.8.1=1|;" },
		{ "no bracket", "1-0:1.8.1\n1-0:1.8.2(2)\n", "1-0:1.8.2=2|;" },
		{ "bracket not closed",
		  "1-0:1.8.1(1\n1-0:1.8.2(2)\n1-0:1.8.3(3",
		  "1-0:1.8.1=;1-0:1.8.2=2|;1-0:1.8.3=;" },
		{ "bracket not closed, then the end", "1-0:1.8.1(1\n!12AB\n",
		  "1-0:1.8.1=;" },
		{ "brackets in a text", "0-0:96.13.0(a (b) c)\n",
		  "0-0:96.13.0=a (b) c|;" },
		{ "more behind the last bracket", "1-0:1.8.1(1) x\n",
		  "1-0:1.8.1=1|;" },
		{ "'!' in a text", "0-0:96.13.0(a\n!b)\n1-0:1.8.1(1)\n",
		  "0-0:96.13.0=a~!b|;1-0:1.8.1=1|;" },
		{ "nothing", "", "" },
	};
	char out[512];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		shown(cases[i].text, strlen(cases[i].text), out, sizeof(out));
		check_text(cases[i].name, out, cases[i].want);
	}
}

static void headers_are_told(void **state)
{
	static const struct {
		const char *text;
		int want;
	} cases[] = {
		{ "/ISk5\\2MT382\r\n\r\n0-0:96.1.1(1)", 1 },
		{ "/XMX5XMXABCE1\r\n0-0:96.1.1(1)", 1 },
		{ "/KMP5 ZABF0\n\n0-0:", 1 },
		{ "/HLY5/D545-METER\r\n\r\n0-0:", 1 },
		{ "/ISk5\\2MT382\r\n\r\n0-0", -1 },
		{ "/ISk5\\2MT382\r\n", -1 },
		{ "/IS", -1 },
		{ "/D54\r\n0-0:", 0 },
		{ "/www/page)\r\n0-1:", 0 },
		{ "/ISk5\r\nnoise", 0 },
		{ "/ISk5\r\n!\r\n", 0 },
		{ "/ISk5\r\n1234-0:", 0 },
		{ "ISk5\r\n1-0:", 0 },
	};
	char text[600];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].text, header_begins(span_of(cases[i].text)),
			  cases[i].want);
	memset(text, 'A', sizeof(text));
	text[0] = '/';
	check_int("too long", header_begins((struct span){ text, 600 }), 0);
	check_int("long", header_begins((struct span){ text, 200 }), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_and_groups),
		cmocka_unit_test(headers_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
