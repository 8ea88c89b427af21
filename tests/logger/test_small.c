/* Tuning, remembering, locking, the words for refusals, --time-from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/localday.h"
#include "base/span.h"
#include "logger/autobaud.h"
#include "logger/lock.h"
#include "logger/refusals.h"
#include "logger/speed.h"
#include "logger/timefrom.h"
#include "tests/check.h"

static char folder[] = "/tmp/test_small.XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(in_folder("lock"));
	unlink(in_folder("port"));
	return rmdir(folder);
}

static void garbage_changes_the_speed_after_its_burst(void **state)
{
	struct autobaud t = { 0 };
	char bytes[64];

	(void)state;
	memset(bytes, 0x80, sizeof(bytes));
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, bytes, sizeof(bytes), 2000);
	assert_false(autobaud_turn(&t, 2400));
	check_int("due", autobaud_due(&t), 2500);
	assert_true(autobaud_turn(&t, 2500));
	check_int("next", t.speed, 1);
}

static void text_waits_for_the_next_telegram(void **state)
{
	static const char text[] = "1-0:1.8.1(000123.456*kWh)\r\n!12";
	struct autobaud t = { .speed = 1 };

	(void)state;
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, text, sizeof(text) - 1, 1100);
	assert_false(autobaud_turn(&t, 12900));
	assert_true(autobaud_turn(&t, 13000));
	check_int("next", t.speed, 2);
	autobaud_begin(&t, 13000);
	assert_true(autobaud_turn(&t, 25000));
	check_int("the first again", t.speed, 0);
}

/* The end of a telegram of Hungary; and a whole one would be no more text. */
static void bytes_of_ones_are_no_garbage(void **state)
{
	struct autobaud t = { 0 };
	char bytes[1100];

	(void)state;
	memset(bytes, 0xFF, sizeof(bytes));
	memcpy(bytes + 1024, ")\r\n!EB56\r\n", 11);
	autobaud_begin(&t, 1000);
	autobaud_hear(&t, bytes, 1035, 1100);
	assert_false(autobaud_turn(&t, 12900));
}

static void what_was_heard_is_remembered(void **state)
{
	const struct heard want = {
		.port = "/dev/ttyUSB0",
		.speed = 1,
		.offset = { true, 7200, true, 3600, INT64_C(1700000000) },
	};
	struct heard is;
	struct err e;

	(void)state;
	heard_load(&is, in_folder("port"));
	check_text("no file", is.port, "");
	assert_int_equal(heard_save(&want, in_folder("port"), &e), 0);
	heard_load(&is, in_folder("port"));
	check_text("port", is.port, want.port);
	check_int("speed", is.speed, 1);
	check_int("known", is.offset.known, true);
	check_int("base", is.offset.base, 7200);
	check_int("suspected", is.offset.suspected, true);
	check_int("suspect", is.offset.suspect, 3600);
	check_int("since", is.offset.since, 1700000000);
}

static void the_same_is_not_written_again(void **state)
{
	const struct heard h = { .port = "/dev/ttyUSB0", .speed = 1 };
	struct stat before, after;
	struct err e;

	(void)state;
	assert_int_equal(heard_save(&h, in_folder("port"), &e), 0);
	assert_int_equal(stat(in_folder("port"), &before), 0);
	assert_int_equal(heard_save(&h, in_folder("port"), &e), 0);
	assert_int_equal(stat(in_folder("port"), &after), 0);
	check_int("inode", after.st_ino, before.st_ino);
}

static void a_second_lock_is_busy_and_names_the_first(void **state)
{
	struct err e = { 0 };
	char us[32];
	int first = lock_try(in_folder("lock"), &e);

	(void)state;
	assert_true(first >= 0);
	check_int("second", lock_try(in_folder("lock"), &e), ERR_BUSY);
	snprintf(us, sizeof(us), "(pid %ld)", (long)getpid());
	if (strstr(e.text, us) == NULL)
		fail_msg("'%s' does not name %s", e.text, us);
	close(first);
	first = lock_try(in_folder("lock"), &e);
	assert_true(first >= 0);
	close(first);
}

static void a_lock_in_no_folder_cannot_be_made(void **state)
{
	struct err e = { 0 };

	(void)state;
	check_int("code", lock_try("/nowhere/at/all", &e), ERR_CREATE);
	assert_non_null(strstr(e.text, "/nowhere/at/all"));
}

static void refusals_are_named_in_order(void **state)
{
	struct refusals r = { 0 };
	char text[REFUSALS_TEXT];

	(void)state;
	check_text("none", refusals_text(text, &r), "");
	r.of[REFUSED_CUT] = 1;
	r.of[REFUSED_CRC] = 2;
	check_text("two", refusals_text(text, &r), "crc 2, cut 1");
	check_int("sum", refusals_sum(&r), 3);
}

static void time_from_is_read_or_refused(void **state)
{
	static const struct {
		const char *text;
		int rc;
		enum timefrom_kind kind;
		int64_t first, step;
	} cases[] = {
		{ "2013-01-05T10:00:00Z+10", 0, TIMEFROM_STAMP, 1357380000,
		  10 },
		{ "2013-01-05T11:00:00+60", 0, TIMEFROM_STAMP, 1357380000, 60 },
		{ "mtime", 0, TIMEFROM_MTIME, 0, 10 },
		{ "mtime+60", 0, TIMEFROM_MTIME, 0, 60 },
		{ "2013-01-05T10:00:00Z", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "2013-02-30T10:00:00Z+10", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "mtime+0", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "mtime+x", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
		{ "yesterday+10", ERR_USAGE, TIMEFROM_NONE, 0, 0 },
	};
	struct err e;

	(void)state;
	assert_int_equal(localday_use("Europe/Amsterdam", &e), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct timefrom t = { 0 };

		check_int(cases[i].text, timefrom_parse(cases[i].text, &t, &e),
			  cases[i].rc);
		if (cases[i].rc < 0)
			continue;
		check_int(cases[i].text, t.kind, cases[i].kind);
		check_int(cases[i].text, t.first, cases[i].first);
		check_int(cases[i].text, t.step, cases[i].step);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(garbage_changes_the_speed_after_its_burst),
		cmocka_unit_test(text_waits_for_the_next_telegram),
		cmocka_unit_test(bytes_of_ones_are_no_garbage),
		cmocka_unit_test(what_was_heard_is_remembered),
		cmocka_unit_test(the_same_is_not_written_again),
		cmocka_unit_test(a_second_lock_is_busy_and_names_the_first),
		cmocka_unit_test(a_lock_in_no_folder_cannot_be_made),
		cmocka_unit_test(refusals_are_named_in_order),
		cmocka_unit_test(time_from_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
