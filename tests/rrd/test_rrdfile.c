#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/span.h"
#include "rrd/rrdfile.h"
#include "tests/rrd/fake_history.h"

enum { T = 1700000100, PATH = 200 };

static char folder[PATH], path[PATH * 2];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/p1rrd-test-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/gas.rrd", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static struct step step_at(int i)
{
	struct step s = { .t = T + (int64_t)ARCHIVES_STEP * i,
			  .have = UINT32_C(1) << SERIES_GAS };

	s.amount[SERIES_GAS] = i;
	return s;
}

static int append(const struct step *steps, size_t n)
{
	struct err e;

	return rrdfile_append(path, UINT32_C(1) << COLUMN_GAS, steps, n, &e);
}

static int64_t last(void)
{
	struct rrdfile f;
	struct err e;

	assert_int_equal(rrdfile_look(path, MEDIUM_GAS, &f, &e), 1);
	return f.last;
}

/* librrd stops at a step that is not newer, and drops the rest. */
static void a_step_that_is_not_new_is_an_error(void **state)
{
	struct step s[] = { step_at(1), step_at(2), step_at(2), step_at(3) };
	struct err e;

	(void)state;
	assert_int_equal(rrdfile_create(path, UINT32_C(1) << COLUMN_GAS, T, &e),
			 0);
	check_int("twice the same", append(s, COUNT(s)), ERR_CREATE);
	check_int("up to it", last(), s[1].t);
	check_int("behind the last", append(s + 3, 1), 0);
	check_int("behind the last", last(), s[3].t);
	check_int("none", append(s, 0), 0);
}

static void look(void **state)
{
	static const struct {
		const char *name;
		uint32_t columns;
		enum medium medium;
		uint32_t want;
	} cases[] = {
		{ "gas", 1 << COLUMN_GAS, MEDIUM_GAS, 1 << COLUMN_GAS },
		{ "electricity", 15, MEDIUM_ELECTRICITY, 15 },
		{ "with a tariff", 15 | 1 << COLUMN_EXPORT_T4,
		  MEDIUM_ELECTRICITY, 15 | 1 << COLUMN_EXPORT_T4 },
		{ "all", 0x3fff, MEDIUM_ELECTRICITY, 0x3fff },
		{ "gas for electricity", 1 << COLUMN_GAS, MEDIUM_ELECTRICITY,
		  0 },
	};
	struct rrdfile f;
	struct err e;

	(void)state;
	check_int("absent", rrdfile_look(path, MEDIUM_GAS, &f, &e), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(rrdfile_create(path, cases[i].columns, T, &e),
				 0);
		check_int(cases[i].name,
			  rrdfile_look(path, cases[i].medium, &f, &e), 1);
		check_int(cases[i].name, f.columns, cases[i].want);
		check_int(cases[i].name, f.last, T);
	}
}

static void columns_follow_the_registers(void **state)
{
	(void)state;
	check_int("always", columns_of_medium(MEDIUM_ELECTRICITY, 0), 15);
	check_int("a tariff",
		  columns_of_medium(MEDIUM_ELECTRICITY,
				    UINT32_C(1) << SERIES_IMPORT_T2),
		  15 | 1 << COLUMN_IMPORT_T2);
	check_int("gas", columns_of_medium(MEDIUM_GAS, ~UINT32_C(0)),
		  1 << COLUMN_GAS);
	check_int("no file", columns_of_medium(MEDIUM_OTHER, ~UINT32_C(0)), 0);
	assert_true(ARCHIVES_HEARTBEAT > ARCHIVES_STEP);
	assert_true(archives_reach() > INT64_C(10) * 366 * 86400);
}

static void not_to_be_written(void **state)
{
	static const char *const paths[] = { "/dev/null/gas.rrd",
					     "/gone/a.rrd" };
	struct step s = step_at(1);
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		check_int(paths[i], rrdfile_create(paths[i], 1, T, &e),
			  ERR_CREATE);
		assert_non_null(strstr(e.text, paths[i]));
		check_int(paths[i], rrdfile_append(paths[i], 1, &s, 1, &e),
			  ERR_CREATE);
		assert_non_null(strstr(e.text, paths[i]));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(a_step_that_is_not_new_is_an_error),
		TEST(look),
		TEST(columns_follow_the_registers),
		TEST(not_to_be_written),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
