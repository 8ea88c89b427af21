/* Which links are followed, for whom, and who owns a file that root creates. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "tests/check.h"

enum { USER = 65533, GROUP = 65532 };

static char folder[64];

/*
 *	theirs/		of USER
 *	theirs/own	a folder of USER
 *	ours/		of who runs the test
 */
static int enter(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/p1-safe-XXXXXX");
	if (mkdtemp(folder) == NULL || chdir(folder) < 0 ||
	    mkdir("theirs", 0755) < 0 || mkdir("theirs/own", 0755) < 0 ||
	    mkdir("ours", 0755) < 0)
		return 1;
	if (geteuid() != 0)
		return 0;
	return chown("theirs", USER, GROUP) < 0 ||
	       chown("theirs/own", USER, GROUP) < 0;
}

static int leave(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return chdir("/") < 0 || system(command) != 0;
}

static void link_of(uid_t owner, const char *target, const char *path)
{
	assert_int_equal(symlink(target, path), 0);
	if (geteuid() == 0)
		assert_int_equal(lchown(path, owner, owner), 0);
}

/* Open the file for writing and create it if missing. Returns 0 or errno. */
static int code_of(const char *path)
{
	int fd = safe_file_open(path, O_WRONLY | O_CREAT, 0640);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void leads_to(const char *path, const char *end)
{
	char text[PATH_MAX], wanted[PATH_MAX];
	struct safe_path p;

	snprintf(wanted, sizeof(wanted), "%s/%s", folder, end);
	assert_int_equal(safe_path_find(&p, path, true), 0);
	assert_int_equal(safe_path_text(&p, text, sizeof(text)), 0);
	safe_path_close(&p);
	assert_string_equal(text, wanted);
}

static void links_are_followed_to_the_end(void **state)
{
	(void)state;
	link_of(geteuid(), "ours/../theirs", "a");
	link_of(geteuid(), "a//own/", "b");
	link_of(geteuid(), "b/file", "c");
	leads_to("c", "theirs/own/file");
	leads_to("./ours///file", "ours/file");
	leads_to("file", "file");
	link_of(geteuid(), "loop", "loop");
	check_int("loop", code_of("loop"), ELOOP);
	check_int("through a file", code_of("ours/file/x"), ENOENT);
	check_int("no folder", code_of("nowhere/x"), ENOENT);
	check_int("empty", code_of(""), ENOENT);
}

static void names_that_are_too_long_are_refused(void **state)
{
	char name[2 * NAME_MAX], path[2 * PATH_MAX];

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	check_int("name", code_of(name), ENAMETOOLONG);
	memset(path, '/', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	check_int("path", code_of(path), ENAMETOOLONG);
}

static void root_follows_their_links_to_what_is_theirs_alone(void **state)
{
	static const struct {
		const char *target, *path;
		int code;
	} cases[] = {
		{ "own/file", "theirs/file", 0 },
		{ "own", "theirs/folder", 0 },
		{ "../ours/file", "theirs/up", ELOOP },
		{ "../ours", "theirs/up-folder", ELOOP },
		{ "/etc/p1-is-not-made", "theirs/etc", ELOOP },
		{ "../hop/file", "theirs/by-root", ELOOP },
		{ "/proc/self/fd/0", "theirs/proc", ELOOP },
	};

	(void)state;
	if (geteuid() != 0)
		skip();
	link_of(0, "ours", "hop");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stat st;
		char path[128];
		bool is_folder;

		link_of(USER, cases[i].target, cases[i].path);
		is_folder =
			stat(cases[i].path, &st) == 0 && S_ISDIR(st.st_mode);
		snprintf(path, sizeof(path), "%s%s", cases[i].path,
			 is_folder ? "/x" : "");
		check_int(cases[i].path, code_of(path), cases[i].code);
	}
	check_int("a folder that is opened",
		  safe_file_folder("theirs/up-folder"), -1);
	check_int("ours is empty", rmdir("ours"), 0);
}

static void root_makes_files_for_the_owner_of_the_folder(void **state)
{
	mode_t mask = umask(0077);
	struct stat st;

	(void)state;
	check_int("file", code_of("theirs/file"), 0);
	check_int("folder", safe_file_make_folder("theirs/new", 02750), 0);
	umask(mask);
	check_int("stat", stat("theirs/file", &st), 0);
	check_int("mode", st.st_mode & 07777, 0640);
	if (geteuid() == 0) {
		check_int("owner", st.st_uid, USER);
		check_int("group", st.st_gid, GROUP);
	}
	check_int("stat", stat("theirs/new", &st), 0);
	check_int("mode", st.st_mode & 07777, 02750);
	if (geteuid() == 0)
		check_int("owner", st.st_uid, USER);
	check_int("again", safe_file_make_folder("theirs/new", 0700), -1);
	check_int("errno", errno, EEXIST);
}

static void no_folder_is_made_where_a_link_of_others_leads(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	link_of(USER, "../ours", "theirs/to-ours");
	check_int("folder", safe_file_make_folder("theirs/to-ours/new", 0700),
		  -1);
	check_int("errno", errno, ELOOP);
	check_int("nothing is made", access("ours/new", F_OK), -1);
}

static void a_file_with_two_names_is_given_to_nobody(void **state)
{
	struct stat st;

	(void)state;
	if (geteuid() != 0)
		skip();
	check_int("file", code_of("ours/file"), 0);
	check_int("link", link("ours/file", "theirs/file"), 0);
	check_int("give", safe_file_give("theirs/file"), 0);
	check_int("stat", stat("ours/file", &st), 0);
	check_int("owner", st.st_uid, 0);
	check_int("unlink", unlink("ours/file"), 0);
	check_int("give", safe_file_give("theirs/file"), 0);
	check_int("stat", stat("theirs/file", &st), 0);
	check_int("owner", st.st_uid, USER);
}

static void exclusive_and_no_follow_are_meant(void **state)
{
	(void)state;
	link_of(geteuid(), "ours/file", "a");
	check_int("EXCL", safe_file_open("a", O_RDWR | O_CREAT | O_EXCL, 0600),
		  -1);
	check_int("errno", errno, EEXIST);
	check_int("NOFOLLOW",
		  safe_file_open("a", O_RDWR | O_CREAT | O_NOFOLLOW, 0600), -1);
	check_int("errno", errno, ELOOP);
	check_int("ours is empty", rmdir("ours"), 0);
	check_int("a link itself", safe_file_remove("a"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
	const struct CMUnitTest tests[] = {
		TEST(links_are_followed_to_the_end),
		TEST(names_that_are_too_long_are_refused),
		TEST(root_follows_their_links_to_what_is_theirs_alone),
		TEST(root_makes_files_for_the_owner_of_the_folder),
		TEST(no_folder_is_made_where_a_link_of_others_leads),
		TEST(a_file_with_two_names_is_given_to_nobody),
		TEST(exclusive_and_no_follow_are_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
