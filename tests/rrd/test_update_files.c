#include "tests/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/span.h"
#include "rrd/file_build.h"
#include "rrd/rrdfile.h"
#include "rrd/update_files.h"
#include "tests/rrd/fake_history.h"

enum { T = 1700000100, PATH = 200 };

static char folder[PATH], path[PATH * 2], again[PATH * 2], said[2000];
static int lines;

static void note(void *ctx, bool worth_a_line, const char *sentence)
{
	(void)ctx;
	lines += worth_a_line;
	snprintf(said, sizeof(said), "%s", sentence);
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/p1rrd-test-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/electricity.rrd", folder);
	snprintf(again, sizeof(again), "%s/again.rrd", folder);
	fake_clear();
	lines = 0;
	*said = '\0';
	return 0;
}

static int tear_down(void **state)
{
	char command[PATH + 20];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

/* Put electricity readings from step a to step b (inclusive), as cron does. */
static void readings(int a, int b)
{
	for (int i = a; i <= b; i++)
		fake_put(MEDIUM_ELECTRICITY, T + 300 * i + 7, 31 * i,
			 400 + i % 50);
	fake_commit(MEDIUM_ELECTRICITY, T + 300 * a + 7, T + 300 * b + 7);
}

static int run(const char *name, int want)
{
	const struct update_files o = { .folder = folder, .note = note };
	struct err e;
	int rc;

	lines = 0;
	rc = update_files_run(&o, &fake, &e);
	if (rc < 0 && want >= 0)
		fail_msg("%s: %s", name, e.text);
	check_int(name, rc, want);
	return rc;
}

/* Check that the file equals one built in one go from all readings. */
static void check_file(const char *name)
{
	struct file_build b = { .h = &fake, .medium = MEDIUM_ELECTRICITY };
	int64_t first, last;
	struct rrdfile file;
	struct medium_state ignored;
	struct err e;
	bool same;

	assert_true(history_extent(&fake, b.medium, &first, &last, &e) == 1);
	check_int(name, rrdfile_look(path, b.medium, &file, &e), 1);
	check_int(name, file.last, steps_boundary(last));
	b.columns = file.columns;
	first = file_build_start(first, last);
	assert_true(file_build_new(&b, again, first, &ignored, &e) >= 0);
	check_int(name,
		  rrdfile_same(path, again, first, file.last, &same, NULL, &e),
		  0);
	check_int(name, same, true);
}

static void appended_or_made_in_one_go(void **state)
{
	int i = 0;

	(void)state;
	readings(0, 10);
	run("first", 1);
	check_int("a first file is not news", lines, 0);
	check_file("first");
	for (; i < 20; i++) {
		readings(11 + 20 * i, 30 + 20 * i);
		run("more", 1);
		check_int("nor are more readings", lines, 0);
	}
	check_file("more");
	run("nothing new", 0);
	fake_put(MEDIUM_ELECTRICITY, T + 300 * 410 + 40, 31 * 410 + 1, -1);
	fake_commit(MEDIUM_ELECTRICITY, T + 300 * 410 + 40, T + 300 * 410 + 40);
	run("new, but no boundary", 0);
	check_file("nothing new");
}

/* Ways to damage one of our files; each must be detected and repaired. */
static void harm_delete(void)
{
	unlink(path);
}

static void harm_cut(void)
{
	assert_int_equal(truncate(path, 5000), 0);
}

static void harm_empty(void)
{
	assert_int_equal(truncate(path, 0), 0);
}

static void overwrite(off_t at, const char *text)
{
	int fd = open(path, O_WRONLY);

	assert_true(pwrite(fd, text, strlen(text), at) > 0);
	close(fd);
}

static void harm_header(void)
{
	overwrite(0, "no RRD, this");
}

static void harm_middle(void)
{
	overwrite(40000, "a cosmic ray");
}

static void rrdtool(const char *verb, const char *how)
{
	char command[1000];

	snprintf(command, sizeof(command), "rrdtool %s %s %s", verb, path, how);
	assert_int_equal(system(command), 0);
}

static void harm_foreign(void)
{
	rrdtool("create", "--step 300 DS:power_import:GAUGE:600:0:U "
			  "RRA:AVERAGE:0.5:1:100");
}

static void harm_heartbeat(void)
{
	rrdtool("tune", "--heartbeat power_import:100");
}

static void harm_update(void)
{
	rrdtool("update", "N:1:1:1:1");
}

static void harm_killed(void)
{
	const struct timespec t[2] = { { .tv_nsec = UTIME_OMIT },
				       { .tv_sec = time(NULL) | 1 } };

	assert_int_equal(utimensat(AT_FDCWD, path, t, 0), 0);
}

static void harm_state(void)
{
	char state[PATH + 20];

	snprintf(state, sizeof(state), "%s/p1rrd.state", folder);
	unlink(state);
}

static void harmed_files_are_made_again(void **state)
{
	static const struct {
		const char *name;
		void (*harm)(void);
	} cases[] = {
		{ "deleted", harm_delete },
		{ "cut short", harm_cut },
		{ "empty", harm_empty },
		{ "header", harm_header },
		{ "in the middle", harm_middle },
		{ "foreign", harm_foreign },
		{ "heartbeat", harm_heartbeat },
		{ "updated by another", harm_update },
		{ "killed", harm_killed },
		{ "state lost", harm_state },
	};

	(void)state;
	readings(0, 500);
	run("first", 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		cases[i].harm();
		run(cases[i].name, 1);
		check_int(cases[i].name, lines, 1);
		check_file(cases[i].name);
		run(cases[i].name, 0);
		check_int(cases[i].name, lines, 0);
	}
}

static void older_readings_make_it_again(void **state)
{
	(void)state;
	readings(100, 400);
	run("first", 1);
	readings(0, 50);
	run("before the first", 1);
	check_int("before the first", lines, 1);
	check_file("before the first");
	fake_put(MEDIUM_ELECTRICITY, T + 300 * 300 + 100, 31 * 300 + 9, 9000);
	fake_commit(MEDIUM_ELECTRICITY, T + 300 * 300 + 100,
		    T + 300 * 300 + 100);
	readings(401, 410);
	run("amid", 1);
	check_int("amid", lines, 1);
	check_file("amid");
}

static void late_gas_costs_electricity_nothing(void **state)
{
	(void)state;
	readings(0, 50);
	fake_put(MEDIUM_GAS, T, 0, -1);
	fake_put(MEDIUM_GAS, T + 3600, 500, -1);
	fake_commit(MEDIUM_GAS, T, T + 3600);
	run("both", 2);
	readings(51, 52);
	run("electricity", 1);
	fake_put(MEDIUM_GAS, T + 7200, 800, -1);
	fake_commit(MEDIUM_GAS, T + 7200, T + 7200);
	run("gas", 1);
	check_int("gas", lines, 0);
	check_file("electricity");
}

static void another_journal_makes_it_again(void **state)
{
	(void)state;
	readings(0, 200);
	run("first", 1);
	readings(201, 220);
	run("more", 1);
	fake.of[MEDIUM_ELECTRICITY].n = 200;
	fake.of[MEDIUM_ELECTRICITY].changes = 1;
	fake.id = 1;
	run("restored from a copy", 1);
	check_int("restored from a copy", lines, 1);
	check_file("restored from a copy");
	for (int i = 0; i < fake.of[MEDIUM_ELECTRICITY].n; i++)
		fake.of[MEDIUM_ELECTRICITY].r[i].counter += 5 * i;
	run("same list, other counters", 1);
	check_int("same list, other counters", lines, 1);
	check_file("same list, other counters");
}

static void a_register_more_is_a_column_more(void **state)
{
	struct rrdfile file;
	struct err e;

	(void)state;
	readings(0, 50);
	run("first", 1);
	fake.of[MEDIUM_ELECTRICITY].have |= UINT32_C(1) << SERIES_IMPORT_T1;
	run("more", 1);
	rrdfile_look(path, MEDIUM_ELECTRICITY, &file, &e);
	check_int("column", file.columns >> COLUMN_IMPORT_T1 & 1, 1);
	check_file("more");
	run("again", 0);
	fake.of[MEDIUM_ELECTRICITY].have &= ~(UINT32_C(1) << SERIES_IMPORT_T1);
	readings(51, 60);
	unlink(path);
	run("gone", 1);
}

/* Rewrite the state as if the machine had been restarted since. */
static void start_machine_anew(void)
{
	char command[PATH + 100];

	snprintf(command, sizeof(command),
		 "sed -i 's/^boot .*/boot another/' %s/p1rrd.state", folder);
	assert_int_equal(system(command), 0);
}

/* Damage that changes neither size nor time, as after a power cut. */
static void harm_unseen(void)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT } };
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	for (off_t at = 6000; at < st.st_size; at += 4096)
		overwrite(at, "12345678");
	t[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, path, t, 0), 0);
}

static void after_a_start_the_file_is_proved(void **state)
{
	(void)state;
	readings(0, 9000);
	run("first", 1);
	start_machine_anew();
	run("whole", 0);
	check_int("whole", lines, 0);
	harm_unseen();
	start_machine_anew();
	run("damaged", 1);
	check_int("damaged", lines, 1);
	check_file("damaged");
	run("damaged", 0);
}

static void one_that_cannot_be_written_costs_no_other(void **state)
{
	const struct update_files o = { .folder = folder, .note = note };
	struct err e;

	(void)state;
	readings(0, 50);
	fake_put(MEDIUM_GAS, T, 0, -1);
	fake_put(MEDIUM_GAS, T + 3600, 500, -1);
	fake_commit(MEDIUM_GAS, T, T + 3600);
	assert_int_equal(mkdir(path, 0755), 0);
	check_int("folder in its place", update_files_run(&o, &fake, &e),
		  ERR_CREATE);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(rmdir(path), 0);
	run("made good", 1);
	check_file("made good");
}

static void no_more_than_it_can_hold(void **state)
{
	(void)state;
	fake_put(MEDIUM_ELECTRICITY, T - INT64_C(40) * 365 * 86400, 0, -1);
	fake_put(MEDIUM_ELECTRICITY, T - INT64_C(30) * 365 * 86400, 0, -1);
	readings(0, 50);
	check_int("begin", file_build_start(fake.of[0].r[0].ts, T),
		  steps_boundary(T - archives_reach()));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(appended_or_made_in_one_go),
		TEST(harmed_files_are_made_again),
		TEST(older_readings_make_it_again),
		TEST(late_gas_costs_electricity_nothing),
		TEST(another_journal_makes_it_again),
		TEST(a_register_more_is_a_column_more),
		TEST(after_a_start_the_file_is_proved),
		TEST(one_that_cannot_be_written_costs_no_other),
		TEST(no_more_than_it_can_hold),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
