/* The table by which every program reads its command line. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/cmdline.h"
#include "tests/check.h"

struct asked {
	bool loud, plain;
	int64_t days, watts;
	const char *file;
	int which;
	char date[16];
};

static int set_range(void *into, int which, const char *value, struct err *e)
{
	struct asked *a = into;

	if (which == 9)
		return err_set(e, ERR_FORMAT, "never");
	a->which = which;
	snprintf(a->date, sizeof(a->date), "%s", value ? value : "none");
	return 0;
}

static const struct cmdline_option rows[] = {
	CMDLINE_HEADING("What:"),
	{ 'l', "loud", NULL, "say more", CMDLINE_TURN(struct asked, loud, 1) },
	{ 0, "fancy", NULL, "not plain", CMDLINE_TURN(struct asked, plain, 0) },
	{ 'n', "days", "N", "so many\ndays",
	  CMDLINE_COUNT(struct asked, days, 1, 31) },
	{ 0, "no-sun", NULL, "dark", CMDLINE_ZERO(struct asked, watts) },
	{ 'o', "output", "FILE", "to there", CMDLINE_NAME(struct asked, file) },
	{ 'd', "day", "[=DATE]", "a day", CMDLINE_CALL(set_range, 4) },
	{ 0, "fails", NULL, "", CMDLINE_CALL(set_range, 9) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};

static const struct cmdline command = { "prog", "Usage: prog\n", rows,
					COUNT(rows), "The end.\n" };

enum { WORDS = 8 };

static int read_words(const char *const *words, struct asked *a, char ***left,
		      struct err *e)
{
	static char *argv[WORDS + 2];
	int argc = 1;

	*a = (struct asked){ .plain = true, .watts = 3200 };
	argv[0] = (char *)"prog";
	for (; argc <= WORDS && words[argc - 1] != NULL; argc++)
		argv[argc] = (char *)words[argc - 1];
	argv[argc] = NULL;
	return cmdline_read(&command, argc, argv, a, left, e);
}

static void each_effect_does_its_own(void **state)
{
	const char *const words[] = { "-ln3",	  "--fancy",	 "file.txt",
				      "--no-sun", "--out=x.png", "--day=today",
				      "--",	  "-n" };
	struct asked a;
	struct err e = { 0 };
	char **left;

	(void)state;
	check_int("read", read_words(words, &a, &left, &e), 0);
	check_int("loud", a.loud, 1);
	check_int("plain", a.plain, 0);
	check_int("days", a.days, 3);
	check_int("watts", a.watts, 0);
	check_text("file", a.file, "x.png");
	check_int("which", a.which, 4);
	check_text("date", a.date, "today");
	check_text("first word", left[0], "file.txt");
	check_text("second word", left[1], "-n");
	check_int("no more", left[2] == NULL, 1);
}

static void nothing_said_leaves_the_defaults(void **state)
{
	const char *const words[] = { "-d", NULL };
	struct asked a;
	struct err e = { 0 };

	(void)state;
	check_int("read", read_words(words, &a, NULL, &e), 0);
	check_int("plain", a.plain, 1);
	check_int("watts", a.watts, 3200);
	check_text("no date", a.date, "none");
}

static void what_is_wrong_is_named(void **state)
{
	static const struct {
		const char *words[3];
		int code;
		const char *says;
	} cases[] = {
		{ { "--nonsense" },
		  ERR_USAGE,
		  "--nonsense: no such option; see prog --help" },
		{ { "-lz" }, ERR_USAGE, "-z: no such option; see prog --help" },
		{ { "--louder" },
		  ERR_USAGE,
		  "--louder: no such option; did you mean --loud?" },
		{ { "--outptu=x" },
		  ERR_USAGE,
		  "--outptu=x: no such option; did you mean --output?" },
		{ { "-fancy" },
		  ERR_USAGE,
		  "-fancy: no such option; did you mean --fancy?" },
		{ { "-fncy" },
		  ERR_USAGE,
		  "-fncy: no such option; did you mean --fancy?" },
		{ { "-day=today" },
		  ERR_USAGE,
		  "-day=today: no such option; did you mean --day=today?" },
		{ { "--da" },
		  ERR_USAGE,
		  "--da: this may be --days or --day; write it in full" },
		{ { "loud" },
		  ERR_USAGE,
		  "unexpected argument 'loud'; did you mean --loud?" },
		{ { "--output" },
		  ERR_USAGE,
		  "--output: needs a value (FILE); see prog --help" },
		{ { "-o" },
		  ERR_USAGE,
		  "-o: needs a value (FILE); see prog --help" },
		{ { "--output", "-l" },
		  ERR_USAGE,
		  "--output: write its FILE before '-l'; see prog --help" },
		{ { "-n", "--loud" },
		  ERR_USAGE,
		  "--days: write its N before '--loud'; see prog --help" },
		{ { "-o", "--" },
		  ERR_USAGE,
		  "--output: write its FILE before '--'; see prog --help" },
		{ { "--day=-l" },
		  ERR_USAGE,
		  "--day: write its DATE before '-l'; see prog --help" },
		{ { "--loud=1" },
		  ERR_USAGE,
		  "--loud=1: takes no value; see prog --help" },
		{ { "word" },
		  ERR_USAGE,
		  "unexpected argument 'word'; see prog --help" },
		{ { "-n", "0" },
		  ERR_USAGE,
		  "--days: '0' is not a whole number from 1 to 31" },
		{ { "-n", "32" },
		  ERR_USAGE,
		  "--days: '32' is not a whole number from 1 to 31" },
		{ { "-n", "1.5" },
		  ERR_USAGE,
		  "--days: '1.5' is not a whole number from 1 to 31" },
		{ { "-n", "-1" },
		  ERR_USAGE,
		  "--days: '-1' is not a whole number from 1 to 31" },
		{ { "--fails" }, ERR_FORMAT, "--fails: never" },
	};
	struct asked a;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		check_int(cases[i].says,
			  read_words(cases[i].words, &a, NULL, &e),
			  cases[i].code);
		check_text(cases[i].words[0], e.text, cases[i].says);
	}
}

static void help_and_version_come_from_the_table(void **state)
{
	const char *const help[] = { "-l", "--help", "--nonsense", NULL };
	const char *const version[] = { "-V", NULL };
	struct asked a;
	struct err e = { 0 };
	char text[2000] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	(void)state;
	assert_non_null(out);
	check_int("help", read_words(help, &a, NULL, &e), CMDLINE_ASKED_HELP);
	check_int("says", cmdline_say(&command, CMDLINE_ASKED_HELP, out, &e),
		  0);
	check_text("help", text,
		   "Usage: prog\n"
		   "\n"
		   "What:\n"
		   "  -l, --loud                  say more\n"
		   "      --fancy                 not plain\n"
		   "  -n, --days N                so many\n"
		   "                              days\n"
		   "      --no-sun                dark\n"
		   "  -o, --output FILE           to there\n"
		   "  -d, --day[=DATE]            a day\n"
		   "      --fails                 \n"
		   "  -h, --help                  print this help\n"
		   "  -V, --version               print the version\n"
		   "The end.\n");
	rewind(out);
	memset(text, 0, sizeof(text));
	check_int("version", read_words(version, &a, NULL, &e),
		  CMDLINE_ASKED_VERSION);
	check_int("says", cmdline_say(&command, CMDLINE_ASKED_VERSION, out, &e),
		  0);
	check_text("version", text, "prog " VERSION "\n");
	fclose(out);
}

static void a_full_disk_is_not_silent(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct err e = { 0 };

	(void)state;
	assert_non_null(full);
	check_int("help", cmdline_say(&command, CMDLINE_ASKED_HELP, full, &e),
		  ERR_IO);
	check_text("why", e.text, "writing: No space left on device");
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_effect_does_its_own),
		cmocka_unit_test(nothing_said_leaves_the_defaults),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(help_and_version_come_from_the_table),
		cmocka_unit_test(a_full_disk_is_not_silent),
	};

	return cmocka_run_group_tests_name("cmdline", tests, NULL, NULL);
}
