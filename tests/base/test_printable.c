/*
 * Text that could move a terminal's cursor or start a formula, and what it
 * becomes.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csvout.h"
#include "base/err.h"
#include "base/log.h"
#include "base/print.h"
#include "base/printable.h"
#include "tests/check.h"

/* Text, how it is printed, and how a JSON document contains it. */
static const struct {
	struct span text;
	const char *printed, *json;
} cases[] = {
	{ SPAN("/ISK5\\2M550T ~"), "/ISK5\\2M550T ~", "/ISK5\\2M550T ~" },
	{ SPAN("Z\xC3\xA4hler \xE2\x82\xAC \xF0\x9F\x92\xA1"),
	  "Z\xC3\xA4hler \xE2\x82\xAC \xF0\x9F\x92\xA1",
	  "Z\xC3\xA4hler \xE2\x82\xAC \xF0\x9F\x92\xA1" },
	{ SPAN("\x1b[2J"), "\\x1b[2J", "\x1b[2J" },
	{ SPAN("a\r\nb\tc"), "a\\x0d\\x0ab\\x09c", "a\r\nb\tc" },
	{ SPAN("\x00z"), "\\x00z", NULL },
	{ SPAN("\x7f"), "\\x7f", "\\u007f" },
	{ SPAN("\x9b"
	       "31m"),
	  "\\x9b31m", "\\u009b31m" },
	{ SPAN("\xC2\x9b"
	       "31m"),
	  "\\xc2\\x9b31m", "\\u009b31m" },
	{ SPAN("\xE2\x80\xAE"
	       "fdp"),
	  "\\xe2\\x80\\xaefdp", "\\u202efdp" },
	{ SPAN("\xE2\x81\xA9"), "\\xe2\\x81\\xa9", "\\u2069" },
	{ SPAN("\xD8\x9C"), "\\xd8\\x9c", "\\u061c" },
	{ SPAN("\xE2\x80\x8B"), "\\xe2\\x80\\x8b", "\\u200b" },
	{ SPAN("\xE2\x80\xA8"), "\\xe2\\x80\\xa8", "\\u2028" },
	{ SPAN("\xEF\xBB\xBF"), "\\xef\\xbb\\xbf", "\\ufeff" },
	{ SPAN("\xF3\xA0\x80\xA0"), "\\xf3\\xa0\\x80\\xa0", "\\udb40\\udc20" },
	{ SPAN("\xE4"), "\\xe4", "\\u00e4" },
	{ SPAN("\xE4 x"), "\\xe4 x", "\\u00e4 x" },
	{ SPAN("\xC3"), "\\xc3", "\\u00c3" },
	{ SPAN("\xC0\x9B"), "\\xc0\\x9b", "\\u00c0\\u009b" },
	{ SPAN("\xE0\x80\x9B"), "\\xe0\\x80\\x9b", "\\u00e0\\u0080\\u009b" },
	{ SPAN("\xED\xA0\x80"), "\\xed\\xa0\\x80", "\\u00ed\\u00a0\\u0080" },
	{ SPAN("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80",
	  "\\u00f4\\u0090\\u0080\\u0080" },
	{ SPAN("\xFF"), "\\xff", "\\u00ff" },
};

static void what_is_not_seen_is_written_out(void **state)
{
	char text[64], again[64];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = printable(text, sizeof(text), cases[i].text);

		check_text("printed", text, cases[i].printed);
		check_int(text, n, strlen(text));
		check_int(text, is_printable(cases[i].text),
			  n == cases[i].text.n);
		printable(again, sizeof(again), span_of(text));
		check_text("a second time", again, text);
	}
}

static void json_stays_the_same_document(void **state)
{
	char piece[PRINTABLE_PIECE], text[64];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct span rest = cases[i].text;
		size_t n = 0;

		while (cases[i].json != NULL && rest.n > 0) {
			size_t more = printable_next_json(&rest, piece);

			memcpy(text + n, piece, more + 1);
			n += more;
		}
		if (cases[i].json != NULL)
			check_text("json", text, cases[i].json);
	}
}

/* Try all bytes, and all pairs and triples of bytes that occur in UTF-8. */
static void no_byte_passes(void **state)
{
	static const unsigned char of[] = { 0x00, 0x1b, 0x41, 0x7f, 0x80,
					    0x8f, 0x9b, 0xa8, 0xae, 0xbf,
					    0xc0, 0xc2, 0xd8, 0xe0, 0xe2,
					    0xed, 0xef, 0xf0, 0xf4, 0xff };
	char out[64];

	(void)state;
	for (size_t i = 0; i < 256 + COUNT(of) * COUNT(of) * COUNT(of); i++) {
		size_t k = i - 256, n = i < 256 ? 1 : 3;
		char in[3] = { (char)i };

		for (size_t at = 0; i >= 256 && at < 3; at++, k /= COUNT(of))
			in[at] = (char)of[k % COUNT(of)];
		n = printable(out, sizeof(out), (struct span){ in, n });
		if (!is_printable((struct span){ out, n }))
			fail_msg("%02x %02x %02x: '%s'", in[0] & 0xFF,
				 in[1] & 0xFF, in[2] & 0xFF, out);
	}
}

static void what_does_not_fit_is_left_out_whole(void **state)
{
	char text[64];

	(void)state;
	check_int("byte", printable(text, 5, SPAN("a\x1b")), 1);
	check_int("byte", printable(text, 6, SPAN("a\x1b")), 5);
	check_int("letter", printable(text, 3, SPAN("a\xC3\xA4")), 1);
	check_int("letter", printable(text, 4, SPAN("a\xC3\xA4")), 3);
	check_int("nothing", printable(text, 1, SPAN("a")), 0);
	check_text("NUL", text, "");
}

static void errors_are_printable_whoever_made_them(void **state)
{
	struct err e = { 0 };
	char many[2 * PRINTABLE_MAX];

	(void)state;
	err_set(&e, ERR_FORMAT, "header '%s'", "\x1b]0;x\x07\nroot: ok");
	check_text("set", e.text, "header '\\x1b]0;x\\x07\\x0aroot: ok'");
	errno = ENOENT;
	err_errno(&e, ERR_ABSENT, "%s", "\x9b");
	check_text("errno", e.text, "\\x9b: No such file or directory");
	err_while(&e, "%s", "\x7f");
	check_text("while", e.text, "\\x7f: \\x9b: No such file or directory");
	err_set(&e, ERR_FAILED, "x");
	err_after(&e, "%s", "\r");
	check_text("after", e.text, "x; \\x0d");

	/*
	 * Cut within a letter of two bytes, at the end of the first buffer and
	 * of the last.
	 */
	for (size_t i = 0; i < sizeof(many) - 1; i++)
		many[i] = i == 0 ? 'x' : i % 2 != 0 ? '\xC3' : '\xA4';
	many[sizeof(many) - 1] = '\0';
	err_set(&e, ERR_FAILED, "%s", many);
	check_int("cut", is_printable(span_of(e.text)), 1);
	assert_null(strstr(e.text, "\\x"));
	err_set(&e, ERR_FAILED, "x%s", many);
	assert_null(strstr(e.text, "\\x"));
}

/* Return what `say` writes to a stream. */
static const char *written(char *buf, size_t size,
			   void (*say)(FILE *out, const char *text),
			   const char *text)
{
	FILE *out = fmemopen(buf, size, "w");

	assert_non_null(out);
	say(out, text);
	fclose(out);
	return buf;
}

static void say_line(FILE *out, const char *text)
{
	print_line(out, "%s|%5s", text, text);
}

static void a_line_is_one_line(void **state)
{
	char buf[4096], longer[1024];

	(void)state;
	check_text("line", written(buf, sizeof(buf), say_line, "a\n\x1b"),
		   "a\\x0a\\x1b|  a\\x0a\\x1b\n");
	memset(longer, '\n', sizeof(longer));
	longer[100] = '\0';
	check_int("longer", strlen(written(buf, sizeof(buf), say_line, longer)),
		  802);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	check_int("long", strlen(written(buf, sizeof(buf), say_line, longer)),
		  2 * strlen(longer) + 2);
}

/* A log line goes to standard error: read it there. */
static void a_log_line_is_one_line(void **state)
{
	struct log log = { .program = "p1test", .up_to = LOG_LEVEL_NOTICE };
	char name[] = "/tmp/p1_logXXXXXX", text[128] = "";
	int fd = mkstemp(name), before = dup(STDERR_FILENO);
	FILE *f = fdopen(fd, "r");

	(void)state;
	assert_non_null(f);
	unlink(name);
	dup2(fd, STDERR_FILENO);
	log_line(&log, LOG_LEVEL_ERROR, "%s", "x\n<0>y\x1b");
	dup2(before, STDERR_FILENO);
	close(before);
	rewind(f);
	assert_non_null(fgets(text, sizeof(text), f));
	check_text("log", text, "p1test: x\\x0a<0>y\\x1b\n");
	fclose(f);
}

static void cells_are_neither_formulas_nor_escapes(void **state)
{
	static const struct {
		const char *text, *cell;
	} table[] = {
		{ "", "" },
		{ "gas", "gas" },
		{ "-12.5", "-12.5" },
		{ "+3", "+3" },
		{ "-", "'-" },
		{ "-.", "'-." },
		{ "-1.2.3", "'-1.2.3" },
		{ "-1+cmd", "'-1+cmd" },
		{ "=1+1", "'=1+1" },
		{ "@sum(a1)", "'@sum(a1)" },
		{ "\xEF\xBC\x9D"
		  "1",
		  "'\xEF\xBC\x9D"
		  "1" },
		{ "=a,\"b\"", "\"'=a,\"\"b\"\"\"" },
		{ "a,b", "\"a,b\"" },
		{ "a;=b", "\"a;=b\"" },
		{ " a", "\" a\"" },
		{ "\t=1", "\\x09=1" },
		{ "\r=1", "\\x0d=1" },
		{ "a\n=b", "a\\x0a=b" },
	};
	char cell[64];

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct span text = span_of(table[i].text);
		size_t n = csv_cell(cell, sizeof(cell), text);

		check_text(table[i].text, cell, table[i].cell);
		check_int(table[i].text, n, strlen(cell));
		check_int("too small", csv_cell(cell, n, text), n);
		if (n > 0)
			check_text("too small", cell, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_seen_is_written_out),
		cmocka_unit_test(json_stays_the_same_document),
		cmocka_unit_test(no_byte_passes),
		cmocka_unit_test(what_does_not_fit_is_left_out_whole),
		cmocka_unit_test(errors_are_printable_whoever_made_them),
		cmocka_unit_test(a_line_is_one_line),
		cmocka_unit_test(a_log_line_is_one_line),
		cmocka_unit_test(cells_are_neither_formulas_nor_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
