/* The most that a telegram can cost, whatever it contains. */
#include "storage/journal/flood_limit.h"
#include "tests/storage/db_fixture.h"

enum { FLOOD = 5000, LONG = 40000 };

static void an_hour_has_so_many_and_the_next_as_many(void **state)
{
	struct flood_limit a;
	int64_t allowed[2] = { 0 };

	(void)state;
	flood_limit_begin(&a, 10);
	a.live = true;
	for (a.now = 0; a.now < 7200; a.now++)
		allowed[a.now / 3600] += flood_limit_take(&a, ALLOW_METERS, 10);
	check_int("first", allowed[0], 60);
	check_int("second", allowed[1], 60);
	check_int("beyond", a.beyond, 7200 - 120);
	for (int i = 0; i < 31 * 8640; i++)
		check_int("row", flood_limit_take(&a, ALLOW_ROWS, 0), true);
	for (int i = 0; i < 500; i++)
		flood_limit_take(&a, ALLOW_ROWS, 0);
	check_int("rows beyond", flood_limit_take(&a, ALLOW_ROWS, 0), false);
	a.now = 5; /* a clock that was set back */
	check_int("bytes", flood_limit_take(&a, ALLOW_NOTES, 1 << 20), false);
	a.live = false;
	check_int("of a file", flood_limit_take(&a, ALLOW_NOTES, 1 << 20),
		  true);
}

/* Make a text of n bytes that differs in each telegram. */
static struct span changing(char *buf, size_t n, int i)
{
	memset(buf, 'A', n);
	snprintf(buf, 12, "%010d", i);
	buf[10] = 'A';
	return (struct span){ buf, n };
}

static struct reading changing_reading(int i, int64_t ts)
{
	static char message[LONG], header[LONG], meter[LONG];
	struct reading r = reading_of("M1", ts, 1000 + i, 1000);

	r.message = changing(message, LONG, i);
	r.header = changing(header, LONG, i);
	r.raw = changing(meter, LONG, i);
	r.failures = FAILURES_MAX;
	for (int f = 0; f < FAILURES_MAX; f++) {
		r.failure[f].end =
			(struct timestamp){ .kind = TIMESTAMP_UTC,
					    .utc = ts - 1000000 + i * 10 + f };
		r.failure[f].seconds = i;
	}
	with(&r, Q_POWER_FAILURES, i);
	with(&r, Q_LIMITER, i);
	return r;
}

/* Take it with a clock that equals the meter's. */
static void take_then(struct db_fixture *h, const struct reading *r)
{
	take_at(h, r, &(struct journal_now){ .utc = r->time.utc });
}

static int64_t number(const struct db_fixture *h, const char *sql)
{
	return strtoll(ask(h, sql), NULL, 10);
}

static void at_most(struct db_fixture *h, const char *sql, int64_t most)
{
	int64_t n = number(h, sql);

	if (n < 0 || n > most)
		fail_msg("%s: %lld, not at most %lld", sql, (long long)n,
			 (long long)most);
}

/* All within one second, though their times are an hour apart. */
static void texts_and_logs_that_change_in_each_telegram(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	journal_heard(h.journal, true, 1000);
	for (int i = 0; i < FLOOD; i++) {
		struct reading r = changing_reading(i, t + i * 3600);

		take_then(&h, &r);
		if (i % 1000 == 999)
			commit(&h);
	}
	at_most(&h, "SELECT count(*) FROM message", 400);
	at_most(&h, "SELECT sum(length(text)) FROM message", 256 * 1024);
	at_most(&h, "SELECT max(length(text)) FROM message", 2048);
	at_most(&h, "SELECT sum(length(header)) FROM identity", 256 * 1024);
	at_most(&h, "SELECT count(*) FROM power_failure", 400);
	check_int("readings", number(&h, "SELECT count(*) FROM electricity"),
		  FLOOD);
	at_most(&h, "SELECT page_count * 4096 FROM pragma_page_count", 4000000);
	check_int("counted", journal_beyond(h.journal) > FLOOD, true);
	db_fixture_gone(&h);
}

/* A counter of failures that changes every second. */
static void states_that_change_in_each_telegram(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	journal_heard(h.journal, true, 1000);
	for (int i = 0; i < FLOOD; i++) {
		struct reading r = reading_of("M1", t + i, 1000 + i, 1000);

		with(&r, Q_POWER_FAILURES, i);
		take_then(&h, &r);
	}
	commit(&h);
	check_int("readings", number(&h, "SELECT count(*) FROM electricity"),
		  FLOOD / 10);
	at_most(&h, "SELECT count(*) FROM quality", FLOOD / 10 + 400);
	db_fixture_gone(&h);
}

static void a_meter_in_each_telegram(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	char id[16];
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	journal_heard(h.journal, true, 1000);
	for (int i = 0; i < 500; i++) {
		struct reading r;

		snprintf(id, sizeof(id), "M%d", i);
		r = reading_of(id, t + i * 10, 1000 + i, 1000);
		take_then(&h, &r);
	}
	commit(&h);
	at_most(&h, "SELECT count(*) FROM meter", 60);
	db_fixture_gone(&h);
}

static void the_start_of_a_long_identifier_is_kept(void **state)
{
	static char id[LONG];
	int64_t t = at("2026-05-01T00:00:00Z");
	struct reading r;
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	memset(id, '4', sizeof(id) - 1);
	for (int i = 0; i < 3; i++) {
		id[LONG - 2] = (char)('0' + i);
		r = reading_of(id, t + i * 10, 1000 + i, 1000);
		take_then(&h, &r);
	}
	commit(&h);
	check_int("meters", number(&h, "SELECT count(*) FROM meter"), 1);
	at_most(&h, "SELECT length(identifier) FROM meter", 256);
	db_fixture_gone(&h);
}

/* A held reading keeps its telegram, up to a limit for all of them. */
static void telegrams_that_are_held(void **state)
{
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	journal_heard(h.journal, true, 1000);
	for (int i = 0; i < 500; i++) {
		struct reading r = changing_reading(i, t + i * 10);

		r.value[Q_IMPORT_T1] =
			9000000 - i; /* no reading follows another */
		take_then(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT count(*), max(length(telegram)) FROM held",
		  "499|16384");
	at_most(&h, "SELECT sum(length(telegram)) FROM held", 2 * 1024 * 1024);
	db_fixture_gone(&h);
}

/*
 * One message is stored per minute; the next minute starts with the present
 * one.
 */
static void within_a_minute_the_first_and_then_the_last(void **state)
{
	static const char *const messages[] = { "31", "32", "33", "34" };
	int64_t t = at("2026-05-01T00:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 10; i++) {
		struct reading r = reading_of("M1", t + i * 10, 1 + i, 1);

		r.message = span_of(messages[i < 3 ? i : 3]);
		take(&h, &r);
	}
	commit(&h);
	check_sql(&h, "SELECT ts % 100, text FROM message", "0|31\n60|34");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_hour_has_so_many_and_the_next_as_many),
		cmocka_unit_test(texts_and_logs_that_change_in_each_telegram),
		cmocka_unit_test(states_that_change_in_each_telegram),
		cmocka_unit_test(a_meter_in_each_telegram),
		cmocka_unit_test(the_start_of_a_long_identifier_is_kept),
		cmocka_unit_test(telegrams_that_are_held),
		cmocka_unit_test(within_a_minute_the_first_and_then_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
