/* What is sent of a range of time. */
#include "fleet/slice_text.h"
#include "storage/history/boundary_readings.h"
#include "tests/check.h"
#include "tests/storage/db_fixture.h"

enum { T = 1777593600 }; /* 2026-05-01T00:00:00Z */

static void put(struct db_fixture *h, int64_t ts, int64_t wh, int64_t dm3)
{
	struct reading r = reading_of("E", ts, wh, 0);

	with(&r, Q_POWER_IMPORT, 500 + wh % 100);
	if (dm3 > 0)
		with_gas(&r, 1, "G", ts, dm3);
	take(h, &r);
}

static char *part(struct db_fixture *h, struct slice range, int64_t interval,
		  enum slice_part which, bool detail)
{
	struct history *history = db_fixture_history(h);
	struct slice_text t;
	struct err e = { 0 };
	char *text;

	must(slice_text_read(&t, history, range, interval, detail, &e), &e);
	text = t.part[which] != NULL ? strdup(t.part[which]) : NULL;
	slice_text_free(&t);
	history_close(history);
	return text;
}

static const struct slice all = { 0, STMT_LAST_TIME };

static void boundaries_lie_between_readings(void **state)
{
	struct db_fixture h;
	char *text;

	(void)state;
	db_fixture_new(&h);
	put(&h, T + 100, 1000, 0);
	put(&h, T + 200, 1010, 0);
	put(&h, T + 400, 1030, 0);
	put(&h, T + 900, 1080, 0);
	put(&h, T + 1000, 1090, 0);
	commit(&h);
	text = part(&h, all, 300, SLICE_READINGS, false);
	check_text("all", text,
		   "1777593900,1020,1020,0,,,,,,,,,,,,,,,510,,200\n"
		   "1777594200,1050,1050,0,,,,,,,,,,,,,,,530,,500\n"
		   "1777594500,1080,1080,0,,,,,,,,,,,,,,,580,,0\n");
	free(text);
	text = part(&h, (struct slice){ T + 301, T + 600 }, 300, SLICE_READINGS,
		    false);
	check_text("one", text,
		   "1777594200,1050,1050,0,,,,,,,,,,,,,,,530,,500\n");
	free(text);
	text = part(&h, all, 900, SLICE_READINGS, false);
	check_text("each quarter", text,
		   "1777594500,1080,1080,0,,,,,,,,,,,,,,,580,,0\n");
	free(text);
	db_fixture_gone(&h);
}

/* A gas meter that sends seldom is known up to its last reading. */
static void each_medium_has_its_own_end(void **state)
{
	struct db_fixture h;
	char *text;

	(void)state;
	db_fixture_new(&h);
	put(&h, T, 1000, 500);
	put(&h, T + 600, 1060, 560);
	put(&h, T + 900, 1090, 0);
	commit(&h);
	text = part(&h, all, 300, SLICE_READINGS, false);
	check_text("all", text,
		   "1777593600,1000,1000,0,,,,,,,,,,500,,,,,500,,0\n"
		   "1777593900,1030,1030,0,,,,,,,,,,530,,,,,,,600\n"
		   "1777594200,1060,1060,0,,,,,,,,,,560,,,,,560,,0\n"
		   "1777594500,1090,1090,0,,,,,,,,,,,,,,,590,,0\n");
	free(text);
	db_fixture_gone(&h);
}

static void years_without_readings_are_skipped(void **state)
{
	const int64_t later = at("2029-05-01T00:00:00Z");
	struct db_fixture h;
	struct history *history;
	struct boundary_readings b = { 0 };
	struct boundary_reading r;
	struct err e = { 0 };
	int n = 0;

	(void)state;
	db_fixture_new(&h);
	h.options.now = later;
	db_fixture_close(&h);
	db_fixture_open(&h);
	put(&h, at("2024-12-31T22:00:00Z"), 1000, 0);
	put(&h, at("2024-12-31T22:55:00Z"), 1100, 0);
	put(&h, at("2026-01-01T00:00:00Z"), 9000, 0);
	put(&h, at("2026-01-01T00:10:00Z"), 9100, 0);
	commit(&h);
	history = db_fixture_history(&h);
	must(boundary_readings_begin(&b, history, 300, 0, STMT_LAST_TIME, &e),
	     &e);
	while (boundary_readings_next(&b, &r, &e) > 0) {
		n++;
		if (r.t > at("2025-01-01T00:00:00Z") &&
		    r.t < at("2025-12-31T23:00:00Z"))
			fail_msg("a boundary at %lld", (long long)r.t);
	}
	boundary_readings_end(&b);
	/* The hour at the start of the year between has a row, too. */
	check_int("boundaries", n, 13 + 12 + 15);
	history_close(history);
	db_fixture_gone(&h);
}

static void tables_are_sent_as_they_are(void **state)
{
	struct db_fixture h;
	char *text, *want;

	(void)state;
	db_fixture_new(&h);
	put(&h, T, 1000, 500);
	put(&h, T + 7200, 1060, 560);
	commit(&h);
	text = part(&h, all, 300, SLICE_COUNTER_TO, false);
	want = strdup(ask(&h, "SELECT replace(group_concat(ts || ',' || "
			      "import_wh), ' ', '') FROM counter_to"));
	for (char *at = text, *line; (line = strsep(&at, "\n")) != NULL;) {
		char head[64];

		if (*line == '\0')
			continue;
		snprintf(head, sizeof(head), "%.*s",
			 (int)(strchr(strchr(line, ',') + 1, ',') - line),
			 line);
		check_int(head, strstr(want, head) != NULL, 1);
	}
	free(text);
	free(want);
	check_int("no detail",
		  part(&h, all, 300, SLICE_ELECTRICITY, false) == NULL, 1);
	text = part(&h, all, 300, SLICE_MBUS, true);
	check_int("detail", strstr(text, ",1777593600,500,") != NULL, 1);
	free(text);
	db_fixture_gone(&h);
}

static void the_house_is_json(void **state)
{
	struct db_fixture h;
	struct history *history;
	struct reading other;
	struct err e = { 0 };
	char digest[SLICE_DIGEST], again[SLICE_DIGEST];
	char *text;

	(void)state;
	db_fixture_new(&h);
	put(&h, T, 1000, 500);
	commit(&h);
	history = db_fixture_history(&h);
	must(slice_text_house(history, &text, digest, &e), &e);
	check_int("zone",
		  strstr(text, "{\"timezone\":\"Europe/Amsterdam\",") == text,
		  1);
	check_int("meters",
		  strstr(text, "\"meters\":[{\"id\":1,\"medium\":\"electricity"
			       "\",") != NULL,
		  1);
	check_int("a clock change",
		  strstr(text, "\"change_ts\":1774746000,\"change_s\":3600}") !=
			  NULL,
		  1);
	free(text);
	history_close(history);
	put(&h, T + 60, 1001, 500);
	commit(&h);
	history = db_fixture_history(&h);
	must(slice_text_house(history, &text, again, &e), &e);
	check_text("the same house", again, digest);
	free(text);
	history_close(history);
	other = reading_of("E", T + 180, 1002, 0);
	with_gas(&other, 2, "G2", T + 180, 7);
	take(&h, &other);
	commit(&h);
	history = db_fixture_history(&h);
	must(slice_text_house(history, &text, again, &e), &e);
	check_int("another meter", strcmp(again, digest) != 0, 1);
	free(text);
	history_close(history);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boundaries_lie_between_readings),
		cmocka_unit_test(each_medium_has_its_own_end),
		cmocka_unit_test(years_without_readings_are_skipped),
		cmocka_unit_test(tables_are_sent_as_they_are),
		cmocka_unit_test(the_house_is_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
