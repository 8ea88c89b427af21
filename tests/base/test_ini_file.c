#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/all_settings.h"
#include "base/ini_file.h"
#include "base/span.h"
#include "tests/check.h"

struct values {
	long number, other;
	bool yes;
	char text[12];
	char price[12];
	int color;
	struct ini_pairs pairs;
};

#define AT(field)                                                              \
	offsetof(struct values, field), sizeof(((struct values *)0)->field)

static const struct ini_key keys[] = {
	{ "one:number", INI_INT, AT(number), 1, 100, NULL, "7", "A number." },
	{ "one:yes", INI_BOOL, AT(yes), 0, 0, NULL, "yes", "A bool." },
	{ "one:timer", INI_INT, AT(other), 1, 100, NULL, "7", "Another." },
	{ "two:text", INI_TEXT, AT(text), 0, 0, NULL, "abc", "Some\ntext." },
	{ "two:price", INI_DECIMAL, AT(price), 0, 99, NULL, "", "A number." },
	{ "two:color", INI_CHOICE, AT(color), 0, 0, "red green blue", "green",
	  "A choice." },
	{ "three:timer", INI_INT, AT(number), 1, 100, NULL, "7", "A row." },
	{ "three:*", INI_PAIRS, AT(pairs), 1, 65535, NULL,
	  "1-0:1.8.1=7111 0-1:24.2.1=7124", "Pairs." },
};

static void check_pair(const char *name, const struct values *v, size_t i,
		       const char *key, long value)
{
	assert_true(i < v->pairs.n);
	check_text(name, v->pairs.pair[i].key, key);
	check_int(name, v->pairs.pair[i].value, value);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int load(const char *text, struct values *v, struct err *e)
{
	char path[] = "/tmp/test_conf.XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	close(fd);
	write_file(path, text);
	ini_file_preset(keys, COUNT(keys), v);
	rc = ini_file_load(keys, COUNT(keys), path, v, e);
	unlink(path);
	return rc;
}

static void defaults_hold_until_the_file_says_otherwise(void **state)
{
	struct values v;
	struct err e = { 0 };

	(void)state;
	check_int("load", load("[one]\nnumber = 42\n", &v, &e), 0);
	check_int("number", v.number, 42);
	check_int("yes", v.yes, true);
	check_text("text", v.text, "abc");
	check_int("color", v.color, 1);
}

static void every_type_is_read(void **state)
{
	struct values v;
	struct err e = { 0 };

	(void)state;
	check_int("load",
		  load("# comment\n[One]\nNumber=1\nyes=off\n[two]\n"
		       "text = \"a;b #c\"\nprice = -99.999999\n"
		       "color = Blue\n",
		       &v, &e),
		  0);
	check_text("price", v.price, "-99.999999");
	check_int("number", v.number, 1);
	check_int("yes", v.yes, false);
	check_text("text", v.text, "a;b #c");
	check_int("color", v.color, 2);
}

static void what_is_wrong_is_named(void **state)
{
	static const struct {
		const char *text, *part;
	} cases[] = {
		{ "[one]\nnumber = fast\n",
		  "[one] number: 'fast' is not a whole "
		  "number from 1 to 100" },
		{ "[one]\nnumber = 101\n", "1 to 100" },
		{ "[one]\nnumber = 5x\n", "'5x'" },
		{ "[one]\nnumber =\n", "''" },
		{ "[one]\nyes = maybe\n", "'maybe' is neither yes nor no" },
		{ "[two]\ntext = abcdefghijklmnop\n", "longer than 11 bytes" },
		{ "[two]\ntext = ~/p1.db\n", "write the folder's full path" },
		{ "[two]\nprice = 0,28\n",
		  "[two] price: '0,28' has a comma: write the decimal point as "
		  "0.28" },
		{ "[two]\nprice = 1.234,56\n",
		  "'1.234,56' is not a number from -99 to 99 with up to 6 "
		  "decimals, such as 0.28123" },
		{ "[two]\nprice = 100\n", "'100'" },
		{ "[two]\nprice = --1\n", "'--1'" },
		{ "[two]\nprice = 0.1234567\n", "'0.1234567'" },
		{ "[two]\nprice = 1 EUR\n", "'1 EUR'" },
		{ "[two]\ncolor = pink\n", "not one of: red green blue" },
		{ "[one]\nnumbr = 5\n",
		  "[one] numbr: unknown key; did you mean 'number'?" },
		{ "[one]\nprice = 5\n",
		  "[one] price: unknown key; did you mean [two] "
		  "price?; the keys of [one] are number, yes and timer" },
		{ "[one]\npirce = 5\n", "did you mean [two] price?" },
		{ "[two]\ntimer = 5\n",
		  "[two] timer: unknown key; did you mean [one] timer "
		  "or [three] timer?" },
		{ "[one]\nunheard = 5\n",
		  "[one] unheard: unknown key; the keys of [one] are "
		  "number, yes and timer" },
		{ "[one]\nnumber = 5\n# more\n\nNumber = 6\n",
		  "[one] number: set in line 2 and again in line 5; "
		  "remove one of them" },
		{ "[one]\nnumber = 5\n[two]\ntext = a\n[One]\nnumber=5\n",
		  "[one] number: set in line 2 and again in line 6" },
		{ "[two]\ntext = a#b\n",
		  "[two] text: '#' starts a comment in line 2: put a blank "
		  "before it, or the whole value in double quotes" },
		{ "[two]\ntext = a;b\n", "';' starts a comment" },
		{ "\xef\xbb\xbf[one]\nnumber = 5\n",
		  "starts with a byte order mark: save it as UTF-8 without "
		  "BOM" },
		{ "[thre]\n", "unknown section [thre]; did you mean [three]?" },
		{ "[Tow]\ntext = 5\n",
		  "unknown section [tow]; did you mean [two]?" },
		{ "[four]\n", "unknown section [four]; man p1logger.ini" },
		{ "[three]\n1-0:1.8.1 = 70000\n",
		  "[three] 1-0:1.8.1: '70000' is not a whole number from 1 to "
		  "65535" },
		{ "[three]\nx = y\n", "[three] x: 'y' is not a whole number" },
		{ "[three]\n0123456789012345678901234567890123456789 = 1\n",
		  "longer than 31 characters" },
		{ "number = 5\n", "'" },
		{ "[one]\nnumber = 5\nrubbish\n", "line 3" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct values v;
		struct err e = { 0 };

		check_int(cases[i].text, load(cases[i].text, &v, &e),
			  ERR_CONFIG);
		if (strstr(e.text, cases[i].part) == NULL)
			fail_msg("'%s' does not say '%s'", e.text,
				 cases[i].part);
		if (strstr(e.text, "/tmp/test_conf.") == NULL)
			fail_msg("'%s' does not name the file", e.text);
	}
}

/* Lines that look like these mistakes, and are right. */
static void comments_and_joined_lines_are_no_mistakes(void **state)
{
	static const char *const cases[] = {
		"[two]\n#text = a\n;text = b\ntext = c # text = d\n",
		"[two]\ntext = \"a#b\" ; c\n",
		"[two]\ntext = a ;b#c\n",
		"[two]\ntext = #a\n",
		"[two]\ntext = a\\\ntext=b\n",
		"[one]\ntimer = 3\n[three]\ntimer = 3\n",
		"[one]\nnumber = 3\n[two]\n[one]\nyes = no\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct values v;
		struct err e = { 0 };

		check_int(cases[i], load(cases[i], &v, &e), 0);
	}
}

static const char *idle_in(const char *text, const char *switches)
{
	static struct values v;
	struct err e = { 0 };

	check_int(text, load(text, &v, &e), 0);
	return ini_file_idle(keys, COUNT(keys), &v, "two", switches);
}

static void a_key_without_effect_is_found(void **state)
{
	(void)state;
	assert_null(idle_in("[one]\nnumber = 3\n", "text"));
	assert_null(idle_in("[two]\ntext = a\nprice = 1\n", "text"));
	assert_null(idle_in("[two]\ntext = a\nprice = 1\n", "color text"));
	check_text("one", idle_in("[two]\nprice = 1\n", "color text"), "price");
	check_text("first", idle_in("[two]\nprice = 1\ntext = b\n", "color"),
		   "text");
}

static void a_missing_file_and_a_folder_are_told_apart(void **state)
{
	struct values v;
	struct err e;

	(void)state;
	check_int("missing",
		  ini_file_load(keys, COUNT(keys), "/nowhere/x.ini", &v, &e),
		  ERR_ABSENT);
	check_int("folder", ini_file_load(keys, COUNT(keys), "/tmp", &v, &e),
		  ERR_CONFIG);
}

static void what_is_printed_reads_back(void **state)
{
	struct values v, again;
	struct err e = { 0 };
	char text[1024] = "";
	FILE *out;

	(void)state;
	check_int("load",
		  load("[one]\nnumber=9\nyes=0\n[two]\n"
		       "text=\" x #y\"\ncolor=red\n",
		       &v, &e),
		  0);
	out = fmemopen(text, sizeof(text), "w");
	ini_file_print(out, keys, COUNT(keys), &v, 0);
	fclose(out);
	check_int("again", load(text, &again, &e), 0);
	check_int("number", again.number, 9);
	check_int("yes", again.yes, false);
	check_text("text", again.text, " x #y");
	check_int("color", again.color, 0);
}

static void a_shipped_file_changes_nothing(void **state)
{
	struct values v, again;
	struct err e = { 0 };
	char text[1024] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	ini_file_preset(keys, COUNT(keys), &v);
	ini_file_print(out, keys, COUNT(keys), &v, 1);
	fclose(out);
	assert_non_null(strstr(text, "# A number.\n#number = 7\n"));
	assert_non_null(strstr(text, "# Some\n# text.\n#text = abc\n"));
	assert_non_null(strstr(text, "# Pairs.\n#1-0:1.8.1 = 7111\n"));
	check_int("load", load(text, &again, &e), 0);
	check_int("number", again.number, 7);
}

static void pairs_of_the_file_drive_out_the_preset(void **state)
{
	struct values v, again;
	struct err e = { 0 };
	char text[2048] = "";
	FILE *out;

	(void)state;
	ini_file_preset(keys, COUNT(keys), &v);
	check_int("preset", v.pairs.n, 2);
	check_pair("preset", &v, 1, "0-1:24.2.1", 7124);
	check_int("load",
		  load("[three]\n1-0:2.7.0=9\ntimer=3\n"
		       "1-0:1.7.0 = 5\n",
		       &v, &e),
		  0);
	check_int("file", v.pairs.n, 2);
	check_pair("file", &v, 0, "1-0:2.7.0", 9);
	check_pair("file", &v, 1, "1-0:1.7.0", 5);
	check_int("timer", v.number, 3);
	out = fmemopen(text, sizeof(text), "w");
	ini_file_print(out, keys, COUNT(keys), &v, 1);
	fclose(out);
	check_int("again", load(text, &again, &e), 0);
	check_int("again", memcmp(&v.pairs, &again.pairs, sizeof(v.pairs)), 0);
}

static void too_many_pairs_are_refused(void **state)
{
	struct values v;
	struct err e = { 0 };
	char text[4096] = "[three]\n";
	size_t n = strlen(text);

	(void)state;
	for (int i = 0; i <= INI_PAIRS_MAX; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "k%d = 1\n",
				      i);
	check_int("load", load(text, &v, &e), ERR_CONFIG);
}

static void changes_are_printed_with_their_defaults(void **state)
{
	struct values v;
	struct err e = { 0 };
	char text[500] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	(void)state;
	assert_non_null(out);
	ini_file_preset(keys, COUNT(keys), &v);
	ini_file_print_changes(out, keys, COUNT(keys), &v);
	fflush(out);
	check_text("none", text, "");
	check_int("load",
		  load("[one]\nyes = no\nnumber = 7\n[two]\ntext =\n"
		       "price = 0.5\n[three]\n1-0:1.7.0 = 5\n",
		       &v, &e),
		  0);
	ini_file_print_changes(out, keys, COUNT(keys), &v);
	fclose(out);
	check_text("some", text,
		   "[one] yes = no    (default: yes)\n"
		   "[two] text = empty    (default: abc)\n"
		   "[two] price = 0.5    (default: empty)\n"
		   "[three] 1-0:1.7.0 = 5\n");
}

static void the_project_settings_have_their_defaults(void **state)
{
	struct all_settings s;
	struct err e = { 0 };
	char path[] = "/tmp/test_conf.XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	check_int("load", all_settings_load(&s, path, &e), 0);
	unlink(path);
	check_int("interval", s.interval, 10);
	check_int("commit", s.commit, 300);
	check_text("port", s.port, "");
	check_int("missing", all_settings_load(&s, path, &e), ERR_CONFIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_hold_until_the_file_says_otherwise),
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(comments_and_joined_lines_are_no_mistakes),
		cmocka_unit_test(a_key_without_effect_is_found),
		cmocka_unit_test(a_missing_file_and_a_folder_are_told_apart),
		cmocka_unit_test(what_is_printed_reads_back),
		cmocka_unit_test(a_shipped_file_changes_nothing),
		cmocka_unit_test(pairs_of_the_file_drive_out_the_preset),
		cmocka_unit_test(too_many_pairs_are_refused),
		cmocka_unit_test(changes_are_printed_with_their_defaults),
		cmocka_unit_test(the_project_settings_have_their_defaults),
	};

	return cmocka_run_group_tests_name("ini_file", tests, NULL, NULL);
}
