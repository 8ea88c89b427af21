/* A small file is replaced completely or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "tests/check.h"

static char folder[64];

static int enter(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/p1-atomic-XXXXXX");
	return mkdtemp(folder) == NULL || chdir(folder) < 0;
}

static int leave(void **state)
{
	(void)state;
	unlink("a");
	rmdir("a.new");
	return chdir("/") < 0 || rmdir(folder) < 0;
}

static const char *content(const char *path)
{
	static char text[64];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	close(fd);
	text[n < 0 ? 0 : n] = '\0';
	return text;
}

static void it_is_replaced(void **state)
{
	struct err e = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(atomic_write("a", 0640, "first, longer", 13, &e), 0);
	assert_string_equal(content("a"), "first, longer");
	assert_int_equal(atomic_write("a", 0640, "second", 6, &e), 0);
	assert_string_equal(content("a"), "second");
	assert_int_equal(stat("a.new", &st), -1);
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void what_fails_leaves_the_old_one(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(atomic_write("a", 0640, "old", 3, &e), 0);
	assert_int_equal(mkdir("a.new", 0755), 0);
	assert_int_equal(atomic_write("a", 0640, "new", 3, &e), ERR_CREATE);
	assert_string_equal(content("a"), "old");
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(atomic_write("no/where", 0640, "x", 1, &e),
			 ERR_CREATE);
	assert_int_equal(atomic_sync_name("no/where", &e), ERR_IO);
	assert_int_equal(atomic_sync_name("/tmp", &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_replaced, enter, leave),
		cmocka_unit_test_setup_teardown(what_fails_leaves_the_old_one,
						enter, leave),
		cmocka_unit_test_setup_teardown(
			a_folder_that_is_not_there_is_an_error, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
