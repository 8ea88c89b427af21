#include "tests/check.h"

#include "base/span.h"
#include "sim/meter.h"

static int64_t at(const char *text)
{
	int64_t utc = 0;

	if (!utc_parse(span_of(text), &utc))
		fail_msg("%s is not a time", text);
	return utc;
}

/* Create a meter of this dialect with its counters at 0. */
static struct sim_meter *meter_at(const char *dialect, const char *start,
				  int64_t solar_w)
{
	struct sim_meter_options o = {
		.dialect = dialect_find(dialect),
		.seed = 7,
		.start = at(start),
		.phases = 3,
		.solar_w = solar_w,
		.has = { true, true, true },
	};
	struct sim_meter *m = meter_new(&o);

	assert_non_null(m);
	return m;
}

static void tariffs_change_on_the_hour(void **state)
{
	static const struct {
		const char *name, *dialect, *utc;
		int before, after;
	} cases[] = {
		{ "NL morning", "nl50", "2025-01-15T06:00:00Z", 1, 2 },
		{ "NL evening", "nl50", "2025-01-15T22:00:00Z", 2, 1 },
		{ "NL summer", "nl50", "2025-07-15T05:00:00Z", 1, 2 },
		{ "NL Saturday", "nl50", "2025-01-18T06:00:00Z", 1, 1 },
		{ "NL Monday", "nl50", "2025-01-20T06:00:00Z", 1, 2 },
		{ "BE morning", "be", "2025-01-15T06:00:00Z", 2, 1 },
		{ "BE evening", "be", "2025-01-15T21:00:00Z", 1, 2 },
		{ "BE Sunday", "be", "2025-01-19T12:00:00Z", 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t utc = at(cases[i].utc);
		struct sim_meter *m =
			meter_at(cases[i].dialect, "2025-01-15T05:00:00Z", 0);
		struct display before, after;

		meter_advance(m, utc);
		meter_show(m, &before);
		meter_advance(m, utc + 3600);
		meter_show(m, &after);
		check_int(cases[i].name, before.value[DISPLAY_TARIFF],
			  cases[i].before);
		check_int(cases[i].name, after.value[DISPLAY_TARIFF],
			  cases[i].after);
		for (int t = 1; t <= 2; t++) {
			int item = DISPLAY_IMPORT_T1 + t - 1;

			check_int(cases[i].name,
				  after.value[item] > before.value[item],
				  t == cases[i].after);
		}
		meter_free(m);
	}
}

static void energy_is_power_times_time(void **state)
{
	struct sim_meter *m = meter_at("nl50", "2025-06-01T00:00:00Z", 4000);
	int64_t start = at("2025-06-01T00:00:00Z"), in = 0, out = 0;
	struct display f;

	(void)state;
	for (int s = 1; s <= 86400; s++) {
		meter_advance(m, start + s);
		meter_show(m, &f);
		in += f.value[DISPLAY_POWER_IMPORT];
		out += f.value[DISPLAY_POWER_EXPORT];
		check_int("one way only",
			  f.value[DISPLAY_POWER_IMPORT] > 0 &&
				  f.value[DISPLAY_POWER_EXPORT] > 0,
			  0);
	}
	assert_in_range(in / 3600 - f.value[DISPLAY_IMPORT_TOTAL], 0, 1);
	assert_in_range(out / 3600 - f.value[DISPLAY_EXPORT_TOTAL], 0, 1);
	assert_true(out > 0 && in > 0);
	meter_free(m);
}

static void phases_add_up(void **state)
{
	struct sim_meter *m = meter_at("be", "2025-06-01T00:00:00Z", 4000);
	struct display f;

	(void)state;
	for (int i = 0; i < 1440; i++) {
		int64_t sum = 0;

		meter_advance(m, at("2025-06-01T00:00:00Z") + i * 60);
		meter_show(m, &f);
		for (int p = 0; p < 3; p++) {
			int64_t w = f.value[DISPLAY_POWER_IMPORT_L1 + p] -
				    f.value[DISPLAY_POWER_EXPORT_L1 + p];
			int64_t mw = f.value[DISPLAY_VOLTAGE_L1 + p] *
				     f.value[DISPLAY_CURRENT_L1 + p] / 1000;

			sum += w;
			assert_in_range(f.value[DISPLAY_VOLTAGE_L1 + p], 207000,
					253000);
			assert_in_range((w < 0 ? -w : w) * 1000 - mw, 0, 500);
		}
		assert_int_equal(sum, f.value[DISPLAY_POWER_IMPORT] -
					      f.value[DISPLAY_POWER_EXPORT]);
	}
	meter_free(m);
}

static void nothing_is_made_at_night_and_much_at_noon(void **state)
{
	struct sim_meter *sun = meter_at("nl50", "2025-06-21T22:00:00Z", 4000);
	struct sim_meter *none = meter_at("nl50", "2025-06-21T22:00:00Z", 0);
	struct display a, b;

	(void)state;
	meter_advance(sun, at("2025-06-22T02:00:00Z"));
	meter_advance(none, at("2025-06-22T02:00:00Z"));
	meter_show(sun, &a);
	meter_show(none, &b);
	assert_int_equal(a.value[DISPLAY_IMPORT_TOTAL],
			 b.value[DISPLAY_IMPORT_TOTAL]);
	meter_advance(sun, at("2025-06-22T20:00:00Z"));
	meter_advance(none, at("2025-06-22T20:00:00Z"));
	meter_show(sun, &a);
	meter_show(none, &b);
	assert_true(a.value[DISPLAY_EXPORT_TOTAL] > 3000);
	assert_int_equal(b.value[DISPLAY_EXPORT_TOTAL], 0);
	assert_true(a.value[DISPLAY_IMPORT_TOTAL] <
		    b.value[DISPLAY_IMPORT_TOTAL]);
	meter_free(sun);
	meter_free(none);
}

static void devices_report_on_their_hour(void **state)
{
	struct sim_meter *m = meter_at("nl42", "2025-01-15T10:20:00Z", 0);
	struct display f;
	int64_t before;

	(void)state;
	meter_show(m, &f);
	assert_int_equal(f.devices, 3);
	assert_int_equal(f.device[0].utc, at("2025-01-15T10:00:00Z"));
	before = f.device[0].value;
	meter_advance(m, at("2025-01-15T10:59:59Z"));
	meter_show(m, &f);
	assert_int_equal(f.device[0].value, before);
	meter_advance(m, at("2025-01-15T11:00:00Z"));
	meter_show(m, &f);
	assert_int_equal(f.device[0].utc, at("2025-01-15T11:00:00Z"));
	assert_int_equal(f.device[1].utc, at("2025-01-15T11:00:00Z"));
	/* with district heating, only the kitchen uses gas */
	assert_int_equal(f.device[0].value, before);
	assert_int_equal(f.device[2].medium, DISPLAY_HEAT);
	assert_true(f.device[2].value > 0);
	meter_free(m);
}

static void a_new_meter_starts_at_nothing(void **state)
{
	struct sim_meter *m = meter_at("be", "2025-01-15T10:00:00Z", 0);
	struct display before, after;

	(void)state;
	meter_advance(m, at("2025-01-16T10:07:00Z"));
	meter_show(m, &before);
	meter_swap(m, NULL);
	meter_swap_device(m, DISPLAY_GAS, "MYGAS");
	meter_show(m, &after);
	assert_true(before.value[DISPLAY_IMPORT_TOTAL] > 0);
	assert_int_equal(after.value[DISPLAY_IMPORT_TOTAL], 0);
	assert_string_not_equal(before.id, after.id);
	assert_int_equal(strlen(before.id), strlen(after.id));
	assert_string_equal(after.device[0].id, "MYGAS");
	assert_false(after.device[0].has_value);
	assert_true(after.device[1].has_value);
	meter_advance(m, at("2025-01-16T10:15:00Z"));
	meter_show(m, &after);
	assert_true(after.device[0].has_value);
	assert_true(after.value[DISPLAY_IMPORT_TOTAL] > 0);
	assert_true(after.value[DISPLAY_IMPORT_TOTAL] <
		    before.value[DISPLAY_IMPORT_TOTAL]);
	meter_free(m);
}

/*
 * The average of each quarter hour from the counters, and the month's highest.
 */
static void peaks_are_quarters(void **state)
{
	struct sim_meter *m = meter_at("be", "2025-01-30T23:00:00Z", 0);
	int64_t utc = at("2025-01-30T23:00:00Z"), last = 0, peak = 0, when = 0;
	struct display f;

	(void)state;
	for (int q = 0; q < 96; q++) {
		int64_t total;

		meter_advance(m, utc += 899);
		meter_show(m, &f);
		total = f.value[DISPLAY_IMPORT_TOTAL];
		assert_in_range(f.value[DISPLAY_DEMAND_AVERAGE] / 4,
				total - last > 2 ? total - last - 2 : 0,
				total - last + 2);
		meter_advance(m, utc += 1);
		meter_show(m, &f);
		last = f.value[DISPLAY_IMPORT_TOTAL];
		check_int("starts again", f.value[DISPLAY_DEMAND_AVERAGE], 0);
		if (q == 95)
			break;
		if (f.month.w > peak) {
			peak = f.month.w;
			when = utc;
		}
		check_int("highest", f.month.w, peak);
		check_int("its end", f.month.utc, when);
	}
	/* the last one ended the month */
	check_int("months past", f.peaks, 2);
	check_int("first has none", f.peak[0].w, 0);
	assert_true(f.peak[1].w >= peak);
	check_int("month's end", f.peak[1].month_end,
		  at("2025-01-31T23:00:00Z"));
	check_int("new month", f.month.w, 0);
	meter_free(m);
}

static void the_steps_do_not_matter_to_a_minute(void **state)
{
	struct sim_meter *a = meter_at("nl50", "2025-01-15T10:00:00Z", 3000);
	struct sim_meter *b = meter_at("nl50", "2025-01-15T10:00:00Z", 3000);
	struct display fa, fb;

	(void)state;
	for (int i = 1; i <= 24; i++)
		meter_advance(a, at("2025-01-15T10:00:00Z") + i * 3600);
	meter_advance(b, at("2025-01-16T10:00:00Z"));
	memset(&fa, 0, sizeof(fa));
	memset(&fb, 0, sizeof(fb));
	meter_show(a, &fa);
	meter_show(b, &fb);
	assert_memory_equal(fa.value, fb.value, sizeof(fa.value));
	meter_free(a);
	meter_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tariffs_change_on_the_hour),
		cmocka_unit_test(energy_is_power_times_time),
		cmocka_unit_test(phases_add_up),
		cmocka_unit_test(nothing_is_made_at_night_and_much_at_noon),
		cmocka_unit_test(devices_report_on_their_hour),
		cmocka_unit_test(a_new_meter_starts_at_nothing),
		cmocka_unit_test(peaks_are_quarters),
		cmocka_unit_test(the_steps_do_not_matter_to_a_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
