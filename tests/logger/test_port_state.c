/* The file of port, speed and clock offset. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "logger/port_state.h"
#include "tests/check.h"
#include "tests/folder.h"

static void what_was_heard_is_remembered(void **state)
{
	const struct port_state want = {
		.port = "/dev/ttyUSB0",
		.speed = 1,
		.offset = { true, 7200, true, 3600, INT64_C(1700000000) },
	};
	struct port_state is;
	struct err e;

	(void)state;
	port_state_load(&is, in_folder("port"));
	check_text("no file", is.port, "");
	assert_int_equal(port_state_save(&want, in_folder("port"), &e), 0);
	port_state_load(&is, in_folder("port"));
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
	const struct port_state h = { .port = "/dev/ttyUSB0", .speed = 1 };
	struct stat before, after;
	struct err e;

	(void)state;
	assert_int_equal(port_state_save(&h, in_folder("port"), &e), 0);
	assert_int_equal(stat(in_folder("port"), &before), 0);
	assert_int_equal(port_state_save(&h, in_folder("port"), &e), 0);
	assert_int_equal(stat(in_folder("port"), &after), 0);
	check_int("inode", after.st_ino, before.st_ino);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_heard_is_remembered),
		cmocka_unit_test(the_same_is_not_written_again),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
