/* One writer at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "logger/lock.h"
#include "tests/check.h"
#include "tests/folder.h"

static void a_second_lock_is_busy_and_names_the_first(void **state)
{
	struct err e = { 0 };
	char us[32];
	int first = lock_try(in_folder("lock"), false, &e);

	(void)state;
	assert_true(first >= 0);
	check_int("second", lock_try(in_folder("lock"), false, &e), ERR_BUSY);
	snprintf(us, sizeof(us), "(pid %ld)", (long)getpid());
	if (strstr(e.text, us) == NULL)
		fail_msg("'%s' does not name %s", e.text, us);
	close(first);
	first = lock_try(in_folder("lock"), false, &e);
	assert_true(first >= 0);
	close(first);
}

static void a_lock_in_no_folder_cannot_be_made(void **state)
{
	struct err e = { 0 };

	(void)state;
	check_int("code", lock_try("/nowhere/at/all", false, &e), ERR_CREATE);
	assert_non_null(strstr(e.text, "/nowhere/at/all"));
}

static void only_a_service_is_recognised_as_one(void **state)
{
	struct err e = { 0 };
	int fd;

	(void)state;
	check_int("no file", lock_is_service(in_folder("other")), 0);
	fd = lock_try(in_folder("other"), false, &e);
	assert_true(fd >= 0);
	check_int("a run", lock_is_service(in_folder("other")), 0);
	close(fd);
	fd = lock_try(in_folder("other"), true, &e);
	assert_true(fd >= 0);
	check_int("a service", lock_is_service(in_folder("other")), 1);
	check_int("second", lock_try(in_folder("other"), true, &e), ERR_BUSY);
	check_int("still", lock_is_service(in_folder("other")), 1);
	close(fd);
	check_int("ended", lock_is_service(in_folder("other")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_lock_is_busy_and_names_the_first),
		cmocka_unit_test(only_a_service_is_recognised_as_one),
		cmocka_unit_test(a_lock_in_no_folder_cannot_be_made),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
