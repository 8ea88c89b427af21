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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_lock_is_busy_and_names_the_first),
		cmocka_unit_test(a_lock_in_no_folder_cannot_be_made),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
