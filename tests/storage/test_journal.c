#include "tests/storage/house.h"

static void a_day_is_what_the_counter_went_on(void **state)
{
	struct house h;
	struct reading r;

	(void)state;
	house_new(&h);
	r = reading_of("M1", at("2026-03-27T23:00:00Z"), 1000, 2000);
	with_gas(&r, 1, "G1", at("2026-03-27T23:00:00Z"), 5000);
	put(&h, &r);
	r = reading_of("M1", at("2026-03-28T11:00:00Z"), 1500, 2000);
	put(&h, &r);
	r = reading_of("M1", at("2026-03-28T23:00:00Z"), 1500, 2750);
	with_gas(&r, 1, "G1", at("2026-03-28T22:00:00Z"), 6100);
	put(&h, &r);
	check_int("new rows", commit(&h) > 0, 1);
	check_sql(&h,
		  "SELECT day, import_kwh, import_t1_kwh, import_t2_kwh, "
		  "export_kwh, gas_m3, gap_s, gas_gap_s FROM daily",
		  "2026-03-28|1.25|0.5|0.75||1.1|0|0\n"
		  "2026-03-29|0.0|0.0|0.0|||0|");
	check_sql(&h,
		  "SELECT hour, import_wh, gas_dm3 FROM hourly_wh "
		  "WHERE hour = '2026-03-28 11:00'",
		  "2026-03-28 11:00|42|47");
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_what_the_counter_went_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
