/* What --verify finds in the database, one error at a time. */
#include "storage/maintenance/verify.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/db_fixture.h"

static void build(struct db_fixture *h)
{
	int64_t start = at("2026-11-01T00:00:00Z");

	db_fixture_new(h);
	for (int i = 0; i < 100; i++) {
		int64_t ts = start + i * 900;
		const char *meter = i < 50 ? "E1" : "E2";
		struct reading r =
			reading_of(meter, ts, 1000 + 10 * (i % 50), 7 * i);

		with_gas(&r, 1, "G1", ts / 3600 * 3600, 500 + i / 4);
		take(h, &r);
	}
	commit(h);
	db_fixture_close(h);
}

/* Commit readings until killed, for a minute at most. */
static void write_on(struct db_fixture *h)
{
	int64_t start = at("2026-11-02T01:00:00Z");

	alarm(60);
	db_fixture_open(h);
	for (int i = 0;; i++) {
		struct reading r =
			reading_of("E2", start + 10 * i, 1500 + i, 700 + i);

		take(h, &r);
		commit(h);
	}
}

static void a_service_may_write_meanwhile(void **state)
{
	struct db_fixture h;
	pid_t child;

	(void)state;
	build(&h);
	child = fork();
	if (child == 0)
		write_on(&h);
	for (int i = 0; i < 100; i++)
		db_fixture_verified(&h);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	check_sql(&h, "SELECT count(*) > 110 FROM electricity", "1");
	db_fixture_gone(&h);
}

static void keep_first(void *ctx, const char *sentence)
{
	char *first = ctx;

	if (*first == '\0')
		snprintf(first, 512, "%s", sentence);
}

static void test_found(void **state)
{
	static const struct {
		const char *sql;
		const char *first; /* start of the first sentence; "": none */
	} rows[] = {
		{ "SELECT 1", "" },
		{ "UPDATE electricity SET import_t1_wh = 1 WHERE ts = "
		  "unixepoch('2026-11-01T06:00:00Z')",
		  "electricity meter E1, 2026-11-01T06:00:00Z: import_t1_wh "
		  "falls to 1; it was 1230 at 2026-11-01T05:45:00Z" },
		{ "UPDATE mbus SET value = 900 WHERE ts = "
		  "unixepoch('2026-11-01T06:00:00Z')",
		  "gas meter G1, 2026-11-01T07:00:00Z: value falls to 507; it "
		  "was 900 at 2026-11-01T06:00:00Z" },
		/* Another offset at the meter change. */
		{ "UPDATE installation SET import_t1_wh_offset = -1000000, "
		  "import_wh_offset = -1000000 WHERE channel = 0 AND "
		  "first_ts > unixepoch('2026-11-01T06:00:00Z')",
		  "the table installation does not follow from the readings" },
		{ "UPDATE counter_to SET gas_dm3 = gas_dm3 + 1 WHERE ts = "
		  "unixepoch('2026-11-01T06:00:00Z')",
		  "counter_to, 2026-11-01T06:00:00Z: gas_dm3 does not "
		  "follow from the readings" },
		{ "DELETE FROM counter_from WHERE ts = "
		  "unixepoch('2026-11-01T06:00:00Z')",
		  "counter_from, 2026-11-01T06:00:00Z: the row is missing" },
		{ "INSERT INTO counter_to (ts) VALUES (1)",
		  "counter_to, 1970-01-01T00:00:01Z: no hour, day, month or year starts or ends here" },
		{ "DELETE FROM calendar_day WHERE day = '2026-11-01'",
		  "the calendar lacks " },
		{ "DELETE FROM calendar_month WHERE month = '2026-11'",
		  "the calendar lacks " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char first[512] = "";
		struct verify v = { .say = keep_first, .ctx = first };
		struct err e = { 0 };
		struct db_fixture h;

		build(&h);
		run_sql(&h, rows[i].sql);
		must(verify_database(h.path, &v, &e), &e);
		if (rows[i].first[0] != '\0')
			first[strlen(rows[i].first)] = '\0';
		check_text(rows[i].sql, first, rows[i].first);
		check_int(rows[i].sql, v.found > 0, rows[i].first[0] != '\0');
		db_fixture_gone(&h);
	}
}

static void count_impossible(void *ctx, const char *sentence)
{
	*(int *)ctx += strstr(sentence, ": no meter sends {") != NULL;
}

/* Each number of a row, whichever pass reads it, has the same bounds. */
static void impossible_numbers_are_found(void **state)
{
	static const struct {
		const char *sql;
		int rows; /* that no meter sends */
	} cases[] = {
		{ "UPDATE electricity SET import_t1_wh = 1000000000000000", 0 },
		{ "UPDATE electricity SET import_t1_wh = 1000000000000001 "
		  "WHERE ts >= unixepoch('2026-11-01T23:00:00Z')",
		  8 },
		{ "UPDATE electricity SET export_t4_wh = -1000000000000001 "
		  "WHERE ts = (SELECT max(ts) FROM electricity)",
		  1 },
		{ "UPDATE electricity SET reactive_export_total_varh = "
		  "9223372036854775807 "
		  "WHERE ts = (SELECT min(ts) FROM electricity)",
		  1 },
		{ "UPDATE electricity SET power_import_w = 1000000000000000",
		  0 },
		{ "UPDATE electricity SET power_import_w = 1000000000000001 "
		  "WHERE ts >= unixepoch('2026-11-01T23:00:00Z')",
		  8 },
		{ "UPDATE electricity SET power_export_max_w = "
		  "-1000000000000001 "
		  "WHERE ts = (SELECT max(ts) FROM electricity)",
		  1 },
		{ "UPDATE mbus SET value = 1000000000000001 "
		  "WHERE ts = (SELECT max(ts) FROM mbus)",
		  1 },
		{ "UPDATE mbus SET weight = -1000000000000001 "
		  "WHERE ts = (SELECT max(ts) FROM mbus)",
		  1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int rows = 0;
		struct verify v = { .say = count_impossible, .ctx = &rows };
		struct err e = { 0 };
		struct db_fixture h;

		build(&h);
		run_sql(&h, cases[i].sql);
		must(verify_database(h.path, &v, &e), &e);
		check_int(cases[i].sql, rows, cases[i].rows);
		db_fixture_gone(&h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(impossible_numbers_are_found),
		cmocka_unit_test(a_service_may_write_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
