#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "telegram/framer.h"
#include "tests/check.h"
#include "tests/telegram/recipe.h"

enum { TEXT = 1 << 18 };

/* Frames as text: "good /AAA5a; cut; bare /BBB5; ". */
struct shown_frames {
	char text[1024];
	size_t n;
};

static void show(struct shown_frames *s, const struct frame *f)
{
	static const char *const words[] = { "", "good", "bare", "", "cipher" };
	struct span line = f->bytes, header = { 0 };
	const char *word = words[f->kind];

	if (f->kind == FRAME_REFUSED)
		word = refusal_words[f->why];
	else if (!span_cut(&line, '\r', &header))
		span_cut(&line, '\n', &header);
	s->n += (size_t)snprintf(s->text + s->n, sizeof(s->text) - s->n,
				 "%s%s%s%.*s; ", f->open ? "open " : "", word,
				 header.n ? " " : "", SPAN_ARG(header));
	assert_true(s->n < sizeof(s->text));
}

static void drain(struct framer *f, struct shown_frames *s)
{
	struct frame frame;

	while ((frame = framer_next(f)).kind != FRAME_NONE)
		show(s, &frame);
}

/* Push n bytes in pieces; size 0 means a different size each time. */
static struct shown_frames framed(const char *bytes, size_t n, size_t piece)
{
	struct framer *f = framer_new();
	struct shown_frames s = { "", 0 };
	unsigned seed = (unsigned)n;

	assert_non_null(f);
	while (n > 0) {
		size_t take = piece;

		if (piece == 0)
			take = 1 + (seed = seed * 1103515245u + 12345u) /
					   65536 % 300;
		take = framer_push(f, bytes, take < n ? take : n);
		assert_true(take > 0);
		bytes += take;
		n -= take;
		drain(f, &s);
	}
	framer_end(f);
	drain(f, &s);
	framer_free(f);
	return s;
}

/* Expect the frames `want`, whatever the pieces. */
static void check_framed(const char *name, const char *bytes, size_t n,
			 const char *want)
{
	static const size_t pieces[] = { 4096, 1, 2, 7, 0, 1 << 20 };

	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct shown_frames s = framed(bytes, n, pieces[i]);

		if (strcmp(s.text, want) != 0)
			fail_msg("%s, in pieces of %zu: '%s', not '%s'", name,
				 pieces[i], s.text, want);
	}
}

#define A "/AAA5a\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.8.1(1*kWh)\r\n"
#define B "/BBB5b\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.8.1(2*kWh)\r\n"
#define OLD "/OLD5o\r\n\r\n0-0:96.1.1(31)\r\n1-0:1.8.1(3*kWh)\r\n"

static const struct {
	const char *name, *recipe, *want;
} streams[] = {
	{ "one", "^" A "!#\r\n", "good /AAA5a; " },
	{ "two", "^" A "!#\r\n^" B "!#\r\n", "good /AAA5a; good /BBB5b; " },
	{ "nothing", "", "" },
	{ "unpadded, lower case", "^" A "!~\r\n", "good /AAA5a; " },
	{ "NUL behind the CRC", "^" A "!#`\r\n^" B "!#`\n",
	  "good /AAA5a; good /BBB5b; " },
	{ "only LF behind the CRC", "^" A "!#\n^" B "!#\n",
	  "good /AAA5a; good /BBB5b; " },
	{ "the stream ends behind the CRC", "^" A "!#", "good /AAA5a; " },
	{ "the stream ends within it", "^" A "!#\r", "good /AAA5a; " },
	{ "a header directly behind it", "^" A "!#^" B "!#\r\n",
	  "good /AAA5a; good /BBB5b; " },
	{ "a damaged line end behind it", "^" A "!#\x8D\n^" B "!#\r\n",
	  "good /AAA5a; good /BBB5b; " },
	{ "LF for CR LF", "^/AAA5\n\n1-0:1.8.1(1)\n!$\n", "good /AAA5; " },
	{ "LF for some CR LF, right as it is", "^/AAA5\r\n\n1-0:1.8.1(1)\n!#\n",
	  "good /AAA5; " },
	{ "LF for CR LF, a CR before it", "x\r\r\n^/AAA5\n\n1-0:1.8.1(1)\n!$\n",
	  "good /AAA5; " },
	{ "one CR lost",
	  "^/AAA5\r\n\r\n1-0:1.8.1(1)\r\n!A4A7\r\n"
	  "/AAA5\r\n\n1-0:1.8.1(1)\r\n!A4A7\r\n",
	  "good /AAA5; crc; " },
	{ "no blank line", "^/AAA5a\r\n1-0:1.8.1(1)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "'!' behind a bracket", "^/AAA5a\r\n1-0:1.8.1(1)!#\r\n",
	  "good /AAA5a; " },
	{ "'!' in the header", "^/AAA!BBB\r\n1-0:1.8.1(1)\r\n!#\r\n",
	  "good /AAA!BBB; " },
	{ "'!' in a text", "^/AAA5a\r\n0-0:96.13.0(hi! (you)! a!12)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "'!' and text at the start of a line",
	  "^/AAA5a\r\n0-0:96.13.0(a\r\n!abc def)\r\n1-0:1.8.1(1)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "a second slash in the header",
	  "^/HLY5/D545-METER\r\n\r\n1-0:1.8.0(1)\r\n!#\r\n",
	  "good /HLY5/D545-METER; " },
	{ "slashes in a text", "^/AAA5a\r\n0-0:96.13.0(/a /BCD)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "a text line that looks like a header",
	  "^/AAA5a\r\n0-0:96.13.0(\r\n/www/x\r\n)\r\n1-0:1.8.0(1)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "noise before", "\r\n\xFF`\x80 x/\n^" A "!#\r\n", "good /AAA5a; " },
	{ "noise glued to the header", "@&*^" A "!#\r\n", "good /AAA5a; " },
	{ "noise with slashes", "//x/^" A "!#\r\n", "good /AAA5a; " },
	{ "noise between", "^" A "!#\r\nxyz\r\n\xFF\xFF\r\n^" B "!#\r\n",
	  "good /AAA5a; good /BBB5b; " },
	{ "raw bytes in a value",
	  "^/AAA5a\r\n0-0:96.13.0(\xFF\xFF\x80`\x01)\r\n!#\r\n",
	  "good /AAA5a; " },
	{ "begins in the middle",
	  "8.1(1)\r\n1-0:2.8.1(1)\r\n!12AB\r\n^" A "!#\r\n",
	  "cut; good /AAA5a; " },
	{ "begins in the middle, no end", "1-0:2.8.1(1)\r\n^" A "!#\r\n",
	  "cut; good /AAA5a; " },
	{ "ends in the middle", "^" A "!#\r\n/BBB5b\r\n\r\n1-0:1.8.1(1",
	  "good /AAA5a; cut; " },
	{ "ends in the header", "^" A "!#\r\n/BBB5", "good /AAA5a; cut; " },
	{ "wrong", "^" A "!%\r\n", "crc; " },
	{ "wrong, then right", "^" A "!%\r\n^" B "!#\r\n",
	  "crc; good /BBB5b; " },
	{ "no digits", "^" A "!\r\n", "bare /AAA5a; " },
	{ "cut, glued to the next",
	  "/AAA5a\r\n\r\n1-3:0.2.8(50)\r\n1-0:1.^" B "!#\r\n",
	  "cut; good /BBB5b; " },
	{ "cut at a line's end", "/AAA5a\r\n\r\n1-3:0.2.8(50)\r\n^" B "!#\r\n",
	  "open bare /AAA5a; good /BBB5b; " },
	{ "cut in a line", "/AAA5a\r\n\r\n1-3:0.2.8(50\r\n^" B "!#\r\n",
	  "cut; good /BBB5b; " },
	{ "cut in the header", "/AAA5^" B "!#\r\n", "cut; good /BBB5b; " },
	{ "cut, and the next is wrong", "/AAA5a\r\n1-0:1.8^" B "!%\r\n",
	  "cut; crc; " },
	{ "a lost end line", "^" A "^" B "!#\r\n",
	  "open bare /AAA5a; good /BBB5b; " },
	{ "a damaged end line", "^" A "!7x9F\r\n^" B "!#\r\n",
	  "cut; good /BBB5b; " },
	{ "old", OLD "!\r\n", "bare /OLD5o; " },
	{ "old, LF only", "/OLD5o\n0-0:96.1.1(31)\n1-0:1.8.1(3)\n!\n",
	  "bare /OLD5o; " },
	{ "old, the stream ends at '!'", OLD "!", "bare /OLD5o; " },
	{ "old, indented",
	  "  /OLD5o\n  0-0:96.1.1(31)\n  !\n  /OLD5p\n"
	  "  1-0:1.8.1(1)\n  !\n",
	  "bare /OLD5o; bare /OLD5p; " },
	{ "old without '!'", OLD OLD OLD,
	  "open bare /OLD5o; open bare /OLD5o; open bare /OLD5o; " },
	{ "old, cut within a line", OLD "1-0:2.8.1(4*kW\r\n" OLD "!\r\n",
	  "cut; bare /OLD5o; " },
	{ "old, glued", "/OLD5n\r\n1-0:1.8.1(3*k" OLD "!\r\n",
	  "cut; bare /OLD5o; " },
	{ "old, noise glued", "\xFE//zz" OLD "!\r\n", "bare /OLD5o; " },
	{ "old with a slash in the header",
	  "/HLY5/ABC-METER\r\n1-0:1.8.1(1)\r\n!\r\n",
	  "bare /HLY5/ABC-METER; " },
	{ "old, cut in the header", "/OLD5/OLD5o\r\n1-0:1.8.1(1)\r\n!\r\n",
	  "cut; bare /OLD5o; " },
	{ "old with slashes in a text",
	  OLD "0-0:96.13.0(test-/-test /www/a)\r\n0-1:24.1.0(3)\r\n!\r\n",
	  "bare /OLD5o; " },
	{ "old, noise behind the end",
	  OLD "!\r\n  25818685\r\nDE0003\r\n" OLD "!\r\n",
	  "bare /OLD5o; bare /OLD5o; " },
	{ "a header only", "/AAA5a\r\n\r\n!\r\n", "cut; " },
	{ "ends only", "!\r\n!\r\n\r\n!\r\n", "" },
};

static void streams_are_framed(void **state)
{
	static char bytes[TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(streams); i++)
		check_framed(streams[i].name, bytes,
			     recipe_cook(streams[i].recipe, bytes),
			     streams[i].want);
}

static void frames_hold_the_whole_telegram(void **state)
{
	char bytes[1024];
	size_t n = recipe_cook("noise/^" A "!#\r\n^" B "!#\r\n", bytes);
	size_t a = recipe_cook("^" A "!#\r\n", bytes + 512);
	struct framer *f = framer_new();
	struct frame frame;

	(void)state;
	assert_int_equal(framer_push(f, bytes, n), n);
	frame = framer_next(f);
	check_int("length", frame.bytes.n, a);
	assert_memory_equal(frame.bytes.p, bytes + 512, a);
	framer_free(f);
	framer_free(NULL);
}

/* Write head, then n bytes of fill, then tail as a recipe. */
static size_t with_fill(char *out, const char *head, char fill, size_t n,
			const char *tail)
{
	size_t used = recipe_cook(head, out);

	memset(out + used, fill, n);
	used += n;
	return used + recipe_cook(tail, out + used);
}

static void too_long_is_refused_once(void **state)
{
	static char bytes[TEXT];
	static const struct {
		const char *name, *head;
		char fill;
		size_t n;
		const char *tail, *want;
	} cases[] = {
		{ "no end", "/LNG5\r\n\r\n1-0:1.8.1(", '0', 200000,
		  "\r\n^" A "!#\r\n", "too-long; good /AAA5a; " },
		{ "no end, the next is glued", "/LNG5\r\n\r\n0-0:96.13.0(", 'x',
		  70000, "^" A "!#\r\n^" B "!#\r\n",
		  "too-long; good /AAA5a; good /BBB5b; " },
		{ "the next across the limit", "/LNG5\r\n\r\n0-0:96.13.0(", 'x',
		  TELEGRAM_MAX - 60, "^" A "!#\r\n",
		  "too-long; good /AAA5a; " },
		{ "with its end", "/LNG5\r\n\r\n0-0:96.13.0(", 'x', 70000,
		  ")\r\n!1234\r\n^" A "!#\r\n", "too-long; good /AAA5a; " },
		{ "with a bare end", "/LNG5\r\n\r\n0-0:96.13.0(", 'x', 70000,
		  ")\r\n!\r\n^" A "!#\r\n", "too-long; good /AAA5a; " },
		{ "then silence", "/LNG5\r\n\r\n0-0:96.13.0(", 'x', 70000, "",
		  "too-long; " },
		{ "noise only", "xyz", '\xFF', 200000, "^" A "!#\r\n",
		  "good /AAA5a; " },
		{ "slashes", "", '/', 150000, "^" A "!#\r\n", "good /AAA5a; " },
		{ "'!'s", "", '!', 150000, "\r\n^" A "!#\r\n",
		  "good /AAA5a; " },
		{ "line ends", "", '\n', 150000, "^" A "!#\r\n",
		  "good /AAA5a; " },
		{ "two", "/LNG5\r\n\r\n0-0:96.13.0(", 'x', 70000,
		  "\r\n^" A "!#\r\n/LNG5\r\n", "too-long; good /AAA5a; cut; " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_framed(cases[i].name, bytes,
			     with_fill(bytes, cases[i].head, cases[i].fill,
				       cases[i].n, cases[i].tail),
			     cases[i].want);
}

static void a_long_one_is_not_too_long(void **state)
{
	static char bytes[TEXT];
	static const char head[] = "/BIG5\r\n\r\n0-0:96.13.0(";
	size_t n = with_fill(bytes, head, 'x', 60000, ")\r\n");

	(void)state;
	n += (size_t)sprintf(bytes + n, "!");
	n += (size_t)sprintf(bytes + n, "%04X\r\n", crc16(0, bytes, n));
	n += recipe_cook("^" A "!#\r\n", bytes + n);
	check_framed("60000 bytes", bytes, n, "good /BIG5; good /AAA5a; ");
}

static void silence_ends_and_the_next_begins_anew(void **state)
{
	char bytes[512];
	size_t n = recipe_cook(OLD, bytes);
	struct framer *f = framer_new();
	struct shown_frames s = { "", 0 };

	(void)state;
	framer_push(f, bytes, n);
	drain(f, &s);
	check_text("before", s.text, "");
	framer_end(f);
	drain(f, &s);
	check_text("silence", s.text, "open bare /OLD5o; ");
	framer_end(f);
	drain(f, &s);
	framer_push(f, bytes, 20);
	drain(f, &s);
	framer_push(f, bytes + 20, n - 20);
	drain(f, &s);
	framer_end(f);
	drain(f, &s);
	check_text("again", s.text, "open bare /OLD5o; open bare /OLD5o; ");
	framer_free(f);
}

static void what_does_not_fit_is_not_taken(void **state)
{
	static char bytes[4 * TELEGRAM_MAX];
	struct framer *f = framer_new();
	size_t taken;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	taken = framer_push(f, bytes, sizeof(bytes));
	assert_true(taken > 0 && taken < sizeof(bytes));
	check_int("full", framer_push(f, bytes, 1), 0);
	check_int("noise", framer_next(f).kind, FRAME_NONE);
	assert_true(framer_push(f, bytes, 1) == 1);
	check_int("none", framer_push(f, NULL, 0), 0);
	framer_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_are_framed),
		cmocka_unit_test(frames_hold_the_whole_telegram),
		cmocka_unit_test(too_long_is_refused_once),
		cmocka_unit_test(a_long_one_is_not_too_long),
		cmocka_unit_test(silence_ends_and_the_next_begins_anew),
		cmocka_unit_test(what_does_not_fit_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
