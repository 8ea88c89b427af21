/* Local times by the database's calendar. */
#include "storage/history/local_time.h"
#include "tests/storage/db_fixture.h"

static sqlite3 *db;

static int make_calendar(void **state)
{
	static struct db_fixture h;
	struct reading r;

	db_fixture_new(&h);
	for (int year = 2024; year <= 2026; year++) {
		char when[UTC_TEXT];

		snprintf(when, sizeof(when), "%d-06-01T12:00:00Z", year);
		r = reading_of("M1", at(when), year, 0);
		take(&h, &r);
	}
	commit(&h);
	*state = &h;
	return sqlite3_open(h.path, &db);
}

static int remove_calendar(void **state)
{
	sqlite3_close(db);
	db_fixture_gone(*state);
	return 0;
}

/* Find the first instant at which the local clock shows "2026-06-17 11:30". */
static int64_t shown_at(const char *local)
{
	char utc[UTC_TEXT], text[LOCAL_TIME_TEXT];
	struct err e = { 0 };
	int64_t t;

	snprintf(utc, sizeof(utc), "%.10sT%.5s:00Z", local, local + 11);
	t = at(utc) - 3 * HOUR_S;
	for (int i = 0; i < 4; i++, t += HOUR_S) {
		must(local_time_format(db, t, text, &e), &e);
		if (strncmp(text, local, 16) == 0)
			return t;
	}
	fail_msg("no clock shows %s", local);
	return 0;
}

static void the_same_time_on_another_date(void **state)
{
	static const struct {
		const char *from, *shift, *want;
	} cases[] = {
		{ "2026-06-17 11:30", "-1 day", "2026-06-16 11:30" },
		{ "2026-06-17 11:30", "-364 days", "2025-06-18 11:30" },
		{ "2026-06-17 11:30", "-1 month", "2026-05-17 11:30" },
		{ "2026-06-17 11:30", "-1 year", "2025-06-17 11:30" },
		/* A date that does not exist: the end of its month. */
		{ "2026-03-30 11:30", "-1 month", "2026-03-01 00:00" },
		{ "2024-02-29 11:30", "+1 year", "2025-03-01 00:00" },
		/* On days of 23 and 25 hours, */
		{ "2026-03-30 11:30", "-1 day", "2026-03-29 11:30" },
		{ "2026-03-28 11:30", "+1 day", "2026-03-29 11:30" },
		{ "2026-10-26 11:30", "-1 day", "2026-10-25 11:30" },
		{ "2026-10-26 02:30", "-1 day", "2026-10-25 02:30" },
		{ "2026-10-24 11:30", "+1 day", "2026-10-25 11:30" },
		/* in the hour that is left out: when the clock changes. */
		{ "2026-03-30 02:30", "-1 day", "2026-03-29 03:00" },
		/* Outside the calendar: its ends. */
		{ "2024-01-10 12:00", "-1 year", "2024-01-01 00:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[LOCAL_TIME_TEXT], want[LOCAL_TIME_TEXT];
		struct err e = { 0 };
		int64_t t = shown_at(cases[i].from);

		must(local_time_shift(db, t, cases[i].shift, &t, &e), &e);
		must(local_time_format(db, t, text, &e), &e);
		snprintf(want, sizeof(want), "%s:00", cases[i].want);
		if (strcmp(text, want) != 0)
			fail_msg("%s %s: %s, not %s", cases[i].from,
				 cases[i].shift, text, want);
	}
}

static void what_comes_twice_is_the_first(void **state)
{
	struct err e = { 0 };
	int64_t t = 0;

	(void)state;
	must(local_time_shift(db, at("2026-10-26T01:30:00Z"), "-1 day", &t, &e),
	     &e);
	check_int("first 02:30", t, at("2026-10-25T00:30:00Z"));
	must(local_time_midnight(db, at("2026-10-25T00:30:00Z"), &t, &e), &e);
	check_int("midnight", t, at("2026-10-25T23:00:00Z"));
	must(local_time_day_start(db, SPAN("2026-10-26"), &t, &e), &e);
	check_int("day", t, at("2026-10-25T23:00:00Z"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_time_on_another_date),
		cmocka_unit_test(what_comes_twice_is_the_first),
	};

	return cmocka_run_group_tests(tests, make_calendar, remove_calendar);
}
