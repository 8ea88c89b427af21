/* The small file beside the database. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "fleet/background.h"
#include "fleet/state_file.h"
#include "tests/check.h"
#include "tests/folder.h"

static const struct state_file full = {
	.cursor = { "0123456789abcdef0123456789abcdef", 17, 1700000000 },
	.seen = { "0123456789abcdef0123456789abcdef", 9000000, 1700009999 },
	.failures = 3,
	.lost_ts = 1700000100,
	.next_ts = 1700003700,
	.code = ERR_ABSENT,
};

static void check_state(const char *what, const struct state_file *is,
			const struct state_file *want)
{
	check_text(what, is->cursor.journal, want->cursor.journal);
	check_int(what, is->cursor.change, want->cursor.change);
	check_int(what, is->cursor.written, want->cursor.written);
	check_text(what, is->seen.journal, want->seen.journal);
	check_int(what, is->seen.change, want->seen.change);
	check_int(what, is->seen.written, want->seen.written);
	check_int(what, is->failures, want->failures);
	check_int(what, is->lost_ts, want->lost_ts);
	check_int(what, is->next_ts, want->next_ts);
	check_int(what, is->code, want->code);
}

static void load(struct state_file *s)
{
	struct err e = { 0 };
	int fd = state_file_open(s, in_folder("p1.db.fleet"), &e);

	if (fd < 0)
		fail_msg("%s", e.text);
	close(fd);
}

static void save(const struct state_file *s)
{
	struct state_file ignored;
	struct err e = { 0 };
	int fd = state_file_open(&ignored, in_folder("p1.db.fleet"), &e);

	check_int("saved", state_file_save(s, fd, &e), 0);
	close(fd);
}

static void it_is_read_back(void **state)
{
	static const struct state_file empty;
	struct state_file is;

	(void)state;
	load(&is);
	check_state("new", &is, &empty);
	save(&full);
	load(&is);
	check_state("full", &is, &full);
	save(&empty);
	load(&is);
	check_state("empty", &is, &empty);
}

static void a_damaged_one_is_empty(void **state)
{
	static const struct state_file empty;
	struct state_file is;
	struct stat st;
	int length;

	(void)state;
	save(&full);
	assert_int_equal(stat(in_folder("p1.db.fleet"), &st), 0);
	length = (int)st.st_size;
	for (int n = 0; n < length; n++) {
		save(&full);
		assert_int_equal(truncate(in_folder("p1.db.fleet"), n), 0);
		load(&is);
		if (is.failures != 0) /* only blank space was cut */
			check_state("whole", &is, &full);
		else
			check_state("cut", &is, &empty);
	}
	assert_int_equal(truncate(in_folder("p1.db.fleet"), 100), 0);
	load(&is);
	check_state("cut in the middle", &is, &empty);
}

static void one_at_a_time(void **state)
{
	struct state_file s;
	struct err e = { 0 };
	int fd = state_file_open(&s, in_folder("p1.db.fleet"), &e);

	(void)state;
	check_int("the second",
		  state_file_open(&s, in_folder("p1.db.fleet"), &e), ERR_BUSY);
	close(fd);
	fd = state_file_open(&s, in_folder("p1.db.fleet"), &e);
	check_int("later", fd >= 0, 1);
	close(fd);
	check_int("no folder",
		  state_file_open(&s, in_folder("none/p1.db.fleet"), &e),
		  ERR_CREATE);
}

/* Failures in a row, as the log and the next run see them. */
static void failures_are_counted(void **state)
{
	struct log log = { .program = "p1pg", .up_to = LOG_LEVEL_ERROR };
	struct state_file s = { 0 };
	const struct err e = { ERR_ABSENT, "away" };

	(void)state;
	check_int("none", background_is_due(&s), 1);
	for (int i = 1; i <= 10; i++) {
		int64_t now = clock_utc(&clock_machine);

		check_int("in the background",
			  background_result(&s, 300, e.code, true, &log, &e),
			  0);
		check_int("failures", s.failures, i);
		check_int("pause", s.next_ts >= now + 225, 1);
		check_int("an hour at most", s.next_ts <= now + 3601, 1);
		check_int("not yet", background_is_due(&s), 0);
	}
	check_int("a person sees it",
		  background_result(&s, 300, e.code, false, &log, &e),
		  ERR_ABSENT);
	s.next_ts = clock_utc(&clock_machine) - 1;
	check_int("due", background_is_due(&s), 1);
	s.next_ts = clock_utc(&clock_machine) + 86400;
	check_int("the clock was set back", background_is_due(&s), 1);
	check_int("success", background_result(&s, 300, 0, true, &log, &e), 0);
	check_int("forgotten", s.failures + s.lost_ts + s.next_ts, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_read_back),
		cmocka_unit_test(a_damaged_one_is_empty),
		cmocka_unit_test(one_at_a_time),
		cmocka_unit_test(failures_are_counted),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
