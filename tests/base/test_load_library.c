/* A library that is loaded when it is needed, or is missing. */
#include "base/load_library.h"

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "base/span.h"

struct functions {
	double (*floor)(double x);
	double (*ceil)(double x);
};

static void its_functions_are_found_by_name(void **state)
{
	static const char *const names[] = { "floor", "ceil" };
	struct functions f;

	(void)state;
	assert_true(load_library("libm.so.6", names, COUNT(names), &f));
	assert_true(f.floor(1.5) == 1);
	assert_true(f.ceil(1.5) == 2);
}

static void a_missing_library_or_function_is_reported(void **state)
{
	static const char *const names[] = { "floor", "no such function" };
	struct functions f;

	(void)state;
	assert_false(load_library("libm.so.6", names, COUNT(names), &f));
	assert_false(load_library("libmissing.so.1", names, 1, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_functions_are_found_by_name),
		cmocka_unit_test(a_missing_library_or_function_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
