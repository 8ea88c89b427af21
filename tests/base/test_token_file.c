/* The token of p1web, and its file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/token_file.h"
#include "tests/check.h"

static void some_tokens_are_usable(void **state)
{
	(void)state;
	assert_true(token_is_usable(SPAN("0123456789abcdef")));
	assert_true(token_is_usable(SPAN("0123456789+/=_-.~!")));
	assert_false(token_is_usable(SPAN("0123456789abcde")));
	assert_false(token_is_usable(SPAN("0123456789 abcdef")));
	assert_false(token_is_usable(SPAN("0123456789;abcdef")));
	assert_false(token_is_usable(SPAN("0123456789\"abcdef")));
	assert_false(token_is_usable(SPAN("0123456789\303\251abcdef")));
}

static int read_text(const char *text, mode_t mode, char *token, struct err *e)
{
	char path[] = "/tmp/test_token.XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	rc = token_file_read(path, token, e);
	unlink(path);
	return rc;
}

static void the_first_line_is_the_token(void **state)
{
	char token[TOKEN_TEXT];
	struct err e = { 0 };

	(void)state;
	check_int("two lines",
		  read_text("0123456789abcdef\r\nmore\n", 0640, token, &e), 0);
	check_text("two lines", token, "0123456789abcdef");
	check_int("open", read_text("0123456789abcdef", 0644, token, &e),
		  ERR_CONFIG);
	check_int("short", read_text("0123456789\n", 0600, token, &e),
		  ERR_CONFIG);
	check_int("empty", read_text("", 0600, token, &e), ERR_CONFIG);
	check_int("absent", token_file_read("/none/token", token, &e),
		  ERR_CONFIG);
	check_int("no file", token_file_read("", token, &e), 0);
	check_text("no file", token, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_tokens_are_usable),
		cmocka_unit_test(the_first_line_is_the_token),
	};

	return cmocka_run_group_tests_name("token_file", tests, NULL, NULL);
}
