/* Ranges of time, and their slices; pauses. */
#include "fleet/pauses.h"
#include "fleet/slices.h"
#include "tests/check.h"

static void check_slice(const char *what, struct slice is, int64_t first,
			int64_t last)
{
	check_int(what, is.first, first);
	check_int(what, is.last, last);
}

static void ranges_are_joined(void **state)
{
	const struct slice a = { 100, 200 }, b = { 500, 600 };

	(void)state;
	check_int("none", slices_is_empty(slices_none), 1);
	check_int("one instant", slices_is_empty((struct slice){ 7, 7 }), 0);
	check_slice("both", slices_join(a, b), 100, 600);
	check_slice("the other way", slices_join(b, a), 100, 600);
	check_slice("one", slices_join(a, slices_none), 100, 200);
	check_int("neither",
		  slices_is_empty(slices_join(slices_none, slices_none)), 1);
}

static void the_boundary_after_the_end_belongs_to_it(void **state)
{
	(void)state;
	check_slice("between", slices_widen((struct slice){ 10, 601 }, 300), 10,
		    900);
	check_slice("at one", slices_widen((struct slice){ 10, 600 }, 300), 10,
		    600);
	check_int("none", slices_is_empty(slices_widen(slices_none, 300)), 1);
}

/* Slices that together are everything, each once. */
static void all_is_cut_into_slices(void **state)
{
	struct slice all = { 0, 100000 };
	int64_t next = 0;
	int n = 0;

	(void)state;
	while (!slices_is_empty(all)) {
		const int64_t end = slices_end(all, 5000, 7000);
		const struct slice one = slices_first(all, end, end + 1);

		check_int("starts where the last one ended", one.first, next);
		next = one.last + 1;
		all = slices_rest(all, one);
		n++;
	}
	check_int("the end", next, 100001);
	check_int("the first begins at the data", n, 1 + (88001 + 6999) / 7000);
}

static void without_more_readings_it_is_the_last(void **state)
{
	const struct slice all = { 1000, 90000 };
	const int64_t end = slices_end(all, 1000, 600);

	(void)state;
	check_int("end", end, 1599);
	check_slice("more", slices_first(all, end, 1700), 1000, 1599);
	check_slice("more, but after all", slices_first(all, end, 90001), 1000,
		    90000);
	check_slice("none", slices_first(all, end, INT64_MAX), 1000, 90000);
	check_int("nothing is left", slices_is_empty(slices_rest(all, all)), 1);
	check_int("no data at all", slices_end(all, INT64_MAX, 600), 90000);
	check_int("the end of time",
		  slices_end((struct slice){ 0, INT64_MAX }, 0, 600), 599);
}

static void pauses_grow_to_an_hour(void **state)
{
	static const int64_t want[] = { 300, 600, 1200, 2400, 3600, 3600 };

	(void)state;
	for (int i = 0; i < 6; i++)
		check_int("pause", pauses_after(i + 1, 300, 0), want[i]);
	check_int("always", pauses_after(1000000, 300, 0), 3600);
	check_int("a quarter less", pauses_after(1, 300, 1000), 225);
	check_int("rare runs", pauses_after(1, 3600, 0), 3600);
	check_int("at once", pauses_before(300, 0), 0);
	check_int("half of the interval", pauses_before(300, 1000), 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_are_joined),
		cmocka_unit_test(the_boundary_after_the_end_belongs_to_it),
		cmocka_unit_test(all_is_cut_into_slices),
		cmocka_unit_test(without_more_readings_it_is_the_last),
		cmocka_unit_test(pauses_grow_to_an_hour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
