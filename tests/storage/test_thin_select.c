/* Which rows stay when old readings are thinned. */
#include "storage/journal/thin_select.h"
#include "tests/check.h"

static void selects_every(int64_t every_s, const char *what,
			  const struct judge_rates *r, struct thin_row *list,
			  size_t n, const int64_t *marks, size_t marks_n,
			  const char *want)
{
	char stays[16] = "";

	thin_select(r, KIND_ELECTRICITY, list, n, marks, marks_n, every_s);
	for (size_t i = 0; i < n; i++)
		stays[i] = list[i].stays ? 'x' : '.';
	check_text(what, stays, want);
}

static void selects(const char *what, const struct judge_rates *r,
		    struct thin_row *list, size_t n, const int64_t *marks,
		    size_t marks_n, const char *want)
{
	selects_every(3600, what, r, list, n, marks, marks_n, want);
}

enum { ROWS = 9 };

/* Rows every 10 s from 100 on, one Wh apart, without powers. */
static void plain_rows(struct thin_row *list)
{
	for (int i = 0; i < ROWS; i++) {
		list[i] = (struct thin_row){ .meter = 1,
					     .weight = 1,
					     .max_w = { -1, -1 } };
		list[i].point = (struct judge_point){ 100 + i * 10, 1, { i } };
	}
}

static void rows_that_matter_stay(void **state)
{
	const struct judge_limits limits = { .import_w = 3600 };
	const struct judge_rates r = judge_electricity(&limits);
	const int64_t at_row[] = { 140 }, between[] = { 145 };
	struct thin_row list[ROWS];

	(void)state;
	plain_rows(list);
	selects("none", &r, list, ROWS, NULL, 0, "x.......x");
	assert_int_equal(list[0].weight, 8);
	plain_rows(list);
	selects("a mark at a row", &r, list, ROWS, at_row, 1, "x...x...x");
	plain_rows(list);
	selects("between rows", &r, list, ROWS, between, 1, "x...xx..x");
	plain_rows(list);
	list[3].entered = true;
	selects("entered", &r, list, ROWS, NULL, 0, "x..x....x");
	plain_rows(list);
	list[5].meter = 2;
	selects("another meter", &r, list, ROWS, NULL, 0, "x...xxx.x");
	plain_rows(list);
	for (int i = 5; i < ROWS; i++)
		list[i].point.have = 3;
	selects("another register", &r, list, ROWS, NULL, 0, "x...xx..x");
	plain_rows(list);
	for (int i = 5; i < ROWS; i++)
		list[i].point.value[0] -= 5;
	selects("a fall", &r, list, ROWS, NULL, 0, "x...xx..x");
	plain_rows(list);
	list[2].max_w[0] = 900;
	list[6].max_w[0] = 700;
	list[4].max_w[1] = 5;
	selects("peaks", &r, list, ROWS, NULL, 0, "x.x.x...x");
	assert_int_equal(list[8].max_w[0], 700);
	plain_rows(list);
	for (int i = 5; i < ROWS; i++)
		list[i].point.ts += 7200;
	selects("a gap", &r, list, ROWS, NULL, 0, "x...xx..x");
	plain_rows(list); /* 3600 W are 10 Wh; each step has 10 s of grace */
	for (int i = 0; i < ROWS; i++)
		list[i].point.value[0] = i * 20;
	selects("too fast without them", &r, list, ROWS, NULL, 0, "xxxxxxxxx");
}

/* The fifth row is 7 s before a boundary of 5 minutes, the sixth 3 s after it. */
static void around_boundary(struct thin_row *list, int64_t boundary)
{
	plain_rows(list);
	for (int i = 0; i < ROWS; i++)
		list[i].point.ts = boundary - 47 + i * 10;
}

static void rows_after_a_boundary_may_go(void **state)
{
	static const int64_t apart[ROWS] = { 220, 230, 240, 250, 260,
					     303, 350, 593, 603 };
	const struct judge_rates r = { .grace_s = 10 };
	struct thin_row list[ROWS];

	(void)state;
	around_boundary(list, 300);
	selects_every(300, "steady", &r, list, ROWS, NULL, 0, "x...x...x");
	assert_int_equal(list[4].weight, 4);
	around_boundary(list, 300);
	for (int i = 5; i < ROWS; i++)
		list[i].point.value[0] += 1;
	selects_every(300, "more just then", &r, list, ROWS, NULL, 0,
		      "x...xx..x");
	plain_rows(list);
	for (int i = 0; i < ROWS; i++)
		list[i].point.ts = apart[i];
	selects_every(300, "the next is late", &r, list, ROWS, NULL, 0,
		      "x...xx.xx");
	around_boundary(list, 300);
	list[6].entered = true;
	selects_every(300, "another stays", &r, list, ROWS, NULL, 0,
		      "x...x.x.x");
	around_boundary(list, 303);
	selects_every(300, "only after", &r, list, 4, NULL, 0, "x..x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_that_matter_stay),
		cmocka_unit_test(rows_after_a_boundary_may_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
