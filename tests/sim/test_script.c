#include "tests/check.h"

#include "base/span.h"
#include "sim/script.h"

static const int64_t start = INT64_C(1736899200); /* 2025-01-15 */

static struct script a_script(void)
{
	return (struct script){
		.meter = { .dialect = dialect_find("nl50"),
			   .seed = 1,
			   .start = start,
			   .phases = 1,
			   .has = { true, false, false } },
		.interval = 10,
		.count = -1,
		.duration = -1,
	};
}

static void add(struct script *s, enum happening what, const char *text)
{
	struct err e = { 0 };

	if (script_add(s, what, text, &e) < 0)
		fail_msg("%s: %s", text, e.text);
}

static void times_and_durations(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds; /* -1: invalid */
	} cases[] = {
		{ "90", 90 },	    { "90s", 90 },	{ "15m", 900 },
		{ "6h", 21600 },    { "30d", 2592000 }, { "2w", 1209600 },
		{ "1y", 31536000 }, { "0", 0 },		{ "", -1 },
		{ "d", -1 },	    { "1.5h", -1 },	{ "-1d", -1 },
		{ "1dd", -1 },	    { "1 d", -1 },	{ "1000000000d", -1 },
	};
	int64_t v;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		v = -1;
		script_duration(cases[i].text, &v);
		check_int(cases[i].text, v, cases[i].seconds);
	}
	assert_true(script_time("2025-01-15", &v));
	assert_int_equal(v, start);
	assert_true(script_time("2025-01-15T01:00:00Z", &v));
	assert_int_equal(v, start + 3600);
	assert_false(script_time("2025-02-30", &v));
	assert_false(script_time("15-01-2025", &v));
	assert_false(script_time("", &v));
}

static void telegrams_come_at_their_interval(void **state)
{
	static const struct {
		const char *name;
		int64_t count, duration;
		const char *gap;
		int want;
		int64_t last; /* seconds after the start */
	} cases[] = {
		{ "count", 5, -1, NULL, 5, 40 },
		{ "duration", -1, 60, NULL, 6, 50 },
		{ "both", 3, 60, NULL, 3, 20 },
		{ "a gap", 5, -1, "2025-01-15T00:00:15Z+30", 5, 70 },
		{ "a gap at the start", 2, -1, "2025-01-15+25", 2, 40 },
		{ "a gap to the end", -1, 60, "2025-01-15T00:00:30Z+1h", 3,
		  20 },
		{ "none", 0, -1, NULL, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct script s = a_script();
		struct sim_meter *m = meter_new(&s.meter);
		int64_t utc = start;
		int n = 0;

		s.count = cases[i].count;
		s.duration = cases[i].duration;
		if (cases[i].gap != NULL)
			add(&s, HAPPENS_GAP, cases[i].gap);
		script_begin(&s);
		while (script_next(&s, m, &utc))
			n++;
		check_int(cases[i].name, n, cases[i].want);
		check_int(cases[i].name, utc - start, cases[i].last);
		meter_free(m);
	}
}

/* In order of time, even if given in another order. */
static void swaps_happen_when_they_shall(void **state)
{
	struct script s = a_script();
	struct sim_meter *m = meter_new(&s.meter);
	struct display f = { 0 };
	char first[DISPLAY_ID];
	int64_t utc;

	(void)state;
	s.interval = 60;
	add(&s, HAPPENS_SWAP, "2025-01-15T00:09:30Z=SECOND");
	add(&s, HAPPENS_GAS_SWAP, "2025-01-15T00:04:30Z=G2");
	add(&s, HAPPENS_SWAP, "2025-01-15T00:02:00Z");
	script_begin(&s);
	script_next(&s, m, &utc);
	meter_show(m, &f);
	memcpy(first, f.id, DISPLAY_ID);
	for (int minute = 1; minute <= 12; minute++) {
		int64_t before = f.value[DISPLAY_IMPORT_TOTAL];

		assert_true(script_next(&s, m, &utc));
		meter_show(m, &f);
		check_int("id", strcmp(f.id, first) == 0, minute < 2);
		check_int("second", strcmp(f.id, "SECOND") == 0, minute >= 10);
		check_int("gas", strcmp(f.device[0].id, "G2") == 0,
			  minute >= 5);
		check_int("counter", f.value[DISPLAY_IMPORT_TOTAL] < before,
			  minute == 2 || minute == 10);
	}
	meter_free(m);
}

static void wrong_ones_are_named(void **state)
{
	static const struct {
		enum happening what;
		const char *text;
	} cases[] = {
		{ HAPPENS_SWAP, "2025-13-01" },
		{ HAPPENS_SWAP, "2025-01-01=" },
		{ HAPPENS_SWAP, "2025-01-01=\x01" },
		{ HAPPENS_SWAP, "2025-01-01=0123456789012345678901234567890123"
				"456789012345678" },
		{ HAPPENS_GAP, "2025-01-01" },
		{ HAPPENS_GAP, "2025-01-01+" },
		{ HAPPENS_GAP, "2025-01-01+0" },
		{ HAPPENS_GAP, "2025-01-01+long" },
		{ HAPPENS_GAP, "" },
	};
	struct script s = a_script();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		check_int(cases[i].text,
			  script_add(&s, cases[i].what, cases[i].text, &e),
			  ERR_USAGE);
		assert_true(e.text[0] != '\0');
	}
	assert_int_equal(s.events, 0);
}

static void counters_start_where_told(void **state)
{
	struct script s = a_script();
	struct err e = { 0 };
	struct sim_meter *m;
	struct display f = { 0 };

	(void)state;
	assert_int_equal(script_initial(&s, "import_t1=1234.567", &e), 0);
	assert_int_equal(script_initial(&s, "gas=99.5", &e), 0);
	assert_int_equal(script_initial(&s, "gas", &e), ERR_USAGE);
	assert_int_equal(script_initial(&s, "coal=1", &e), ERR_USAGE);
	assert_int_equal(script_initial(&s, "gas=x", &e), ERR_USAGE);
	m = meter_new(&s.meter);
	meter_show(m, &f);
	assert_int_equal(f.value[DISPLAY_IMPORT_T1], 1234567);
	assert_int_equal(f.device[0].value, 99500);
	meter_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_and_durations),
		cmocka_unit_test(telegrams_come_at_their_interval),
		cmocka_unit_test(swaps_happen_when_they_shall),
		cmocka_unit_test(wrong_ones_are_named),
		cmocka_unit_test(counters_start_where_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
