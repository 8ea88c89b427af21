/* Daily files: names, midnight, compression, limits, failures. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/localday.h"
#include "base/utc.h"
#include "forward/daily_file_names.h"
#include "forward/gzip_step.h"
#include "tests/forward/fixture.h"

/* A folder, a clock, and forwarding to files in the folder. */
struct world {
	char folder[32];
	char pattern[3][80]; /* telegrams, json, csv */
	struct fake_clock fake;
	struct clock clock;
	struct caught log;
	struct outputs_settings s;
	struct outputs *f;
};

static int64_t at(const char *utc)
{
	int64_t t = 0;

	assert_true(utc_parse(span_of(utc), &t));
	return t;
}

static void setup(struct world *w)
{
	static const char *const names[] = { "%Y-%m-%d.txt", "%Y/j%d.jsonl",
					     "%j.csv" };
	struct err e = { 0 };

	memset(w, 0, sizeof(*w));
	assert_int_equal(localday_use("Europe/Amsterdam", &e), 0);
	strcpy(w->folder, "/tmp/test_daily_files.XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	for (int i = 0; i < 3; i++)
		snprintf(w->pattern[i], sizeof(w->pattern[i]), "%s/%s",
			 w->folder, names[i]);
	w->fake.ms = 1;
	w->clock = fake_clock(&w->fake);
	w->s = nothing_forwarded();
	w->s.files.telegrams = w->pattern[0];
	catch_log(&w->log);
}

static void begin(struct world *w)
{
	struct err e = { 0 };

	w->f = outputs_open(&w->s, &w->clock, &w->log.log, false, &e);
	assert_non_null(w->f);
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static void end(struct world *w)
{
	outputs_close(w->f);
	w->f = NULL;
}

static void teardown(struct world *w)
{
	nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void read_at(struct world *w, const char *utc)
{
	struct reading r = read_telegram(telegram);

	r.time = (struct timestamp){ .kind = TIMESTAMP_UTC, .utc = at(utc) };
	w->fake.utc = r.time.utc;
	w->fake.ms += 1000;
	outputs_reading(w->f, &r);
}

/* Let time pass until nothing is due. */
static void pass_time(struct world *w)
{
	const struct pollable files = outputs_pollable(w->f);

	for (int i = 0; i < 1000 && files.due(w->f) != INT64_MAX; i++) {
		if (w->fake.ms < files.due(w->f))
			w->fake.ms = files.due(w->f);
		files.turn(w->f, 0);
	}
	assert_true(files.due(w->f) == INT64_MAX);
}

static const char *path_of(struct world *w, const char *name)
{
	static char path[4][80];
	static int turn;
	char *p = path[turn++ % 4];

	snprintf(p, 80, "%s/%s", w->folder, name);
	return p;
}

static long size_of(struct world *w, const char *name)
{
	struct stat st;

	return stat(path_of(w, name), &st) == 0 ? (long)st.st_size : -1;
}

static void put_file(struct world *w, const char *name, size_t size)
{
	FILE *f = fopen(path_of(w, name), "w");

	assert_non_null(f);
	for (size_t i = 0; i < size; i++)
		putc('x', f);
	fclose(f);
}

enum { TELEGRAM = sizeof(telegram) - 1 };

static void a_file_ends_at_local_midnight_and_is_gzipped(void **state)
{
	struct world w;
	char text[4 * TELEGRAM];
	gzFile gz;

	(void)state;
	setup(&w);
	begin(&w);
	read_at(&w, "2026-01-10T22:59:50Z");
	read_at(&w, "2026-01-10T22:59:59Z");
	pass_time(&w);
	check_int("first day", size_of(&w, "2026-01-10.txt"), 2 * TELEGRAM);
	read_at(&w, "2026-01-10T23:00:00Z");
	check_int("next day", size_of(&w, "2026-01-11.txt"), TELEGRAM);
	pass_time(&w);
	check_int("plain", size_of(&w, "2026-01-10.txt"), -1);
	check_int("part", size_of(&w, "2026-01-10.txt.gz.part"), -1);
	gz = gzopen(path_of(&w, "2026-01-10.txt.gz"), "r");
	assert_non_null(gz);
	check_int("gzipped", gzread(gz, text, sizeof(text)), 2 * TELEGRAM);
	assert_memory_equal(text + TELEGRAM, telegram, TELEGRAM);
	gzclose(gz);
	end(&w);
	check_int("trouble", caught(&w.log, "files"), 0);
	teardown(&w);
}

static void each_kind_has_its_file(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.s.files.json = w.pattern[1];
	w.s.files.csv = w.pattern[2];
	w.s.files.interval_s = 10;
	begin(&w);
	read_at(&w, "2026-01-10T12:00:00Z");
	read_at(&w, "2026-01-10T12:00:09Z");
	read_at(&w, "2026-01-10T12:00:10Z");
	end(&w);
	check_int("telegrams", size_of(&w, "2026-01-10.txt"), 2 * TELEGRAM);
	assert_true(size_of(&w, "2026/j10.jsonl") > 1000);
	assert_true(size_of(&w, "010.csv") > 1000);
	check_int("trouble", caught(&w.log, "files"), 0);
	teardown(&w);
}

static void nobody_else_s_files_are_touched(void **state)
{
	static const char *const names[] = {
		"notes.txt",	   "2026-02-30.txt",  "2026-1-05.txt",
		"2026-01-05.txtx", "x2026-01-05.txt", "2026-01-12.txt",
	};
	struct world w;

	(void)state;
	setup(&w);
	w.s.files.limit_mb = 1;
	for (size_t i = 0; i < COUNT(names); i++)
		put_file(&w, names[i], 600000);
	begin(&w);
	read_at(&w, "2026-01-11T12:00:00Z");
	pass_time(&w);
	end(&w);
	check_int("trouble", caught(&w.log, "files"), 0);
	for (size_t i = 0; i < COUNT(names); i++)
		check_int(names[i], size_of(&w, names[i]), 600000);
	teardown(&w);
}

static void the_oldest_files_go_when_all_are_too_large(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.s.files.limit_mb = 1;
	w.s.files.gzip = false;
	put_file(&w, "2025-12-30.txt.gz", 300000);
	put_file(&w, "2025-12-31.txt", 300000);
	put_file(&w, "2026-01-01.txt.gz", 300000);
	put_file(&w, "2026-01-02.txt", 700000 - TELEGRAM - 10);
	begin(&w);
	read_at(&w, "2026-01-02T12:00:00Z");
	end(&w);
	check_int("trouble", caught(&w.log, "files"), 0);
	check_int("oldest", size_of(&w, "2025-12-30.txt.gz"), -1);
	check_int("next", size_of(&w, "2025-12-31.txt"), -1);
	check_int("one that fits", size_of(&w, "2026-01-01.txt.gz"), 300000);
	begin(&w);
	read_at(&w, "2026-01-02T12:00:01Z");
	check_int("no more", size_of(&w, "2026-01-01.txt.gz"), -1);
	end(&w);
	teardown(&w);
}

static void one_file_alone_stops_at_the_limit(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.s.files.limit_mb = 1;
	put_file(&w, "2026-01-02.txt", 1000000 - TELEGRAM);
	begin(&w);
	for (int i = 0; i < 5; i++)
		read_at(&w, "2026-01-02T12:00:00Z");
	end(&w);
	check_int("size", size_of(&w, "2026-01-02.txt"), 1000000);
	check_int("one line", caught(&w.log, "has reached the limit of 1 MB"),
		  1);
	teardown(&w);
}

static void a_write_that_fails_leaves_whole_lines(void **state)
{
	struct rlimit was, tight;
	struct world w;

	(void)state;
	setup(&w);
	begin(&w);
	getrlimit(RLIMIT_FSIZE, &was);
	tight = was;
	tight.rlim_cur = 2 * TELEGRAM + 100;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &tight);
	for (int i = 0; i < 5; i++)
		read_at(&w, "2026-01-02T12:00:00Z");
	setrlimit(RLIMIT_FSIZE, &was);
	check_int("size", size_of(&w, "2026-01-02.txt"), 2 * TELEGRAM);
	read_at(&w, "2026-01-02T12:00:00Z");
	check_int("again", size_of(&w, "2026-01-02.txt"), 3 * TELEGRAM);
	end(&w);
	check_int("one line", caught(&w.log, "2026-01-02.txt"), 1);
	teardown(&w);
}

/* A full device, a missing folder, a pipe without a reader, a full pipe. */
static void what_takes_nothing_costs_one_line(void **state)
{
	static const char *const names[] = { "/dev/full", "/nowhere/at/all",
					     NULL };
	struct world w;
	int reader = -1;

	(void)state;
	for (size_t i = 0; i < COUNT(names) + 1; i++) {
		const char *pipe;

		setup(&w);
		pipe = path_of(&w, "pipe");
		assert_int_equal(mkfifo(pipe, 0600), 0);
		if (i == COUNT(names))
			reader = open(pipe, O_RDONLY | O_NONBLOCK);
		w.s.files.telegrams =
			i < COUNT(names) && names[i] ? names[i] : pipe;
		begin(&w);
		for (int n = 0; n < 200; n++)
			read_at(&w, "2026-01-02T12:00:00Z");
		end(&w);
		check_int(w.s.files.telegrams, caught(&w.log, "test: files: "),
			  1);
		teardown(&w);
	}
	assert_true(reader >= 0);
	close(reader);
}

static void compression_that_is_cut_short_leaves_the_file(void **state)
{
	struct world w;
	struct gzip_step *s;
	struct err e = { 0 };

	(void)state;
	setup(&w);
	put_file(&w, "2026-01-02.txt", 200000);
	s = gzip_step_begin(path_of(&w, "2026-01-02.txt"), &e);
	assert_non_null(s);
	assert_true(gzip_step_run(s, &e) > 0);
	assert_true(size_of(&w, "2026-01-02.txt.gz.part") >= 0);
	gzip_step_free(s);
	check_int("plain", size_of(&w, "2026-01-02.txt"), 200000);
	check_int("part", size_of(&w, "2026-01-02.txt.gz.part"), -1);
	check_int("gz", size_of(&w, "2026-01-02.txt.gz"), -1);
	s = gzip_step_begin(path_of(&w, "none.txt"), &e);
	assert_null(s);
	check_int("quiet", caught(&w.log, ""), 0);
	teardown(&w);
}

static void names_that_cannot_be_are_refused(void **state)
{
	char longest[700];
	const char *const cases[] = { "relative/%d.txt", longest };

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[0] = '/';
	longest[sizeof(longest) - 1] = '\0';
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct outputs_settings s = nothing_forwarded();
		struct err e = { 0 };

		s.files.csv = cases[i];
		check_int(cases[i], outputs_check(&s, &e), ERR_CONFIG);
		assert_non_null(strstr(e.text, "[files] csv: "));
	}
}

static void names_are_found_again(void **state)
{
	static const struct {
		const char *name, *found; /* below the folder */
	} cases[] = {
		{ "%Y%m%d-%H.txt", "20260110-13.txt" },
		{ "%y.%j.gz", "26.010.gz" },
		{ "100%%[a]*?\\%F", "100%[a]*?\\2026-01-10" },
		{ "%-d_%b.x", "10_Jan.x" },
	};
	struct world w;

	(void)state;
	setup(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char pattern[80], path[DAILY_FILE_PATH], want[80];
		struct daily_file *list;

		snprintf(pattern, sizeof(pattern), "%s/%s", w.folder,
			 cases[i].name);
		snprintf(want, sizeof(want), "%s/%s", w.folder, cases[i].found);
		assert_true(daily_file_name(pattern, at("2026-01-10T12:30:00Z"),
					    path));
		check_text(cases[i].name, path, want);
		put_file(&w, cases[i].found, 3);
		check_int(cases[i].name, daily_file_list(pattern, &list), 1);
		check_text(cases[i].name, list[0].path, want);
		check_int(cases[i].name, list[0].size, 3);
		free(list);
	}
	check_int("quiet", caught(&w.log, ""), 0);
	teardown(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_ends_at_local_midnight_and_is_gzipped),
		cmocka_unit_test(each_kind_has_its_file),
		cmocka_unit_test(nobody_else_s_files_are_touched),
		cmocka_unit_test(the_oldest_files_go_when_all_are_too_large),
		cmocka_unit_test(one_file_alone_stops_at_the_limit),
		cmocka_unit_test(a_write_that_fails_leaves_whole_lines),
		cmocka_unit_test(what_takes_nothing_costs_one_line),
		cmocka_unit_test(compression_that_is_cut_short_leaves_the_file),
		cmocka_unit_test(names_that_cannot_be_are_refused),
		cmocka_unit_test(names_are_found_again),
	};

	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
