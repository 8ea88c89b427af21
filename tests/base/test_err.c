#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"
#include "base/span.h"
#include "tests/check.h"

static void intention_comes_before_cause(void **state)
{
	struct err e = { 0 };

	(void)state;
	errno = ENOENT;
	check_int("code", err_errno(&e, ERR_ABSENT, "opening %s", "x.rrd"),
		  ERR_ABSENT);
	check_int("kept", err_while(&e, "drawing day.png"), ERR_ABSENT);
	check_text("text", e.text,
		   "drawing day.png: opening x.rrd: No such file or directory");
}

static void long_sentences_are_cut_not_overrun(void **state)
{
	struct err e = { 0 };
	char many[2000];

	(void)state;
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	errno = ENOENT;
	err_errno(&e, ERR_IO, "%s", many);
	check_int("length", strlen(e.text), sizeof(e.text) - 1);
	err_while(&e, "%s", many);
	check_int("length", strlen(e.text), sizeof(e.text) - 1);
}

static void codes_end_as_documented_statuses(void **state)
{
	static const struct {
		int code, status;
	} cases[] = {
		{ ERR_NONE, 0 },    { ERR_FAILED, 1 },	{ ERR_USAGE, 2 },
		{ ERR_FORMAT, 65 }, { ERR_ABSENT, 69 }, { ERR_CREATE, 73 },
		{ ERR_IO, 74 },	    { ERR_BUSY, 75 },	{ ERR_PERMISSION, 77 },
		{ ERR_CONFIG, 78 }, { -99, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int("status", err_exit_status(cases[i].code),
			  cases[i].status);
}

static void a_burst_is_said_once_then_counted(void **state)
{
	struct log_burst b = { 0 };
	enum { MINUTE = 60000 };

	(void)state;
	check_int("first", log_burst_count(&b, 1000, MINUTE), 1);
	for (int64_t t = 1001; t < 1411; t++)
		check_int("silent", log_burst_count(&b, t, MINUTE), 0);
	check_int("summed", log_burst_count(&b, 1000 + MINUTE, MINUTE), 411);
	check_int("silent", log_burst_count(&b, 1001 + MINUTE, MINUTE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intention_comes_before_cause),
		cmocka_unit_test(long_sentences_are_cut_not_overrun),
		cmocka_unit_test(codes_end_as_documented_statuses),
		cmocka_unit_test(a_burst_is_said_once_then_counted),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
