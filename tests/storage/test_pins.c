/* A person's decisions about readings. */
#include "storage/history/held_list.h"
#include "storage/journal/pins.h"
#include "tests/storage/db_fixture.h"

#define START "2026-05-01T00:00:00Z"

enum { READINGS = 24 };

static struct reading house_at(int i, int64_t import, int64_t gas)
{
	int64_t ts = at(START) + (int64_t)i * 300;
	struct reading r = reading_of("M1", ts, import, 0);

	with_gas(&r, 1, "G1", ts - 60, gas);
	return r;
}

/* Both counters fall to zero at the twentieth reading, and go on. */
static void reset_house(struct db_fixture *h)
{
	judged_house(h);
	for (int i = 0; i < 40; i++) {
		int from = i < 20 ? 0 : 20;
		struct reading r =
			house_at(i, (i < 20 ? 1000000 : 5) + (i - from) * 100,
				 (i < 20 ? 70000 : 0) + (i - from) * 40);

		take(h, &r);
		if (i % 7 == 0)
			commit(h);
	}
	commit(h);
}

static int64_t id_of(struct db_fixture *h, const char *where)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT min(id) FROM quarantine WHERE %s",
		 where);
	return strtoll(ask(h, sql), NULL, 10);
}

static struct pins_answer pin(struct db_fixture *h, const struct pins_order *o)
{
	struct pins_answer a;
	struct err e = { 0 };

	must(journal_pin(h->journal, o, true, &a, &e), &e);
	return a;
}

static void pin_it(struct db_fixture *h, enum pins_verb verb, const char *where)
{
	pin(h, &(struct pins_order){ .verb = verb, .id = id_of(h, where) });
}

static void accept_it(struct db_fixture *h, const char *where)
{
	pin_it(h, PINS_ACCEPT, where);
}

#define TOTALS "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh"

static void a_reset_that_is_accepted_goes_on_without_a_step(void **state)
{
	struct db_fixture h;

	(void)state;
	reset_house(&h);
	check_sql(&h, TOTALS, "1900|760");
	check_sql(&h, "SELECT count(*) FROM quarantine", "40");
	accept_it(&h, "register = 'import_t1'");
	check_sql(&h, TOTALS, "3800|760");
	accept_it(&h, "register = 'value'");
	check_sql(&h, TOTALS, "3800|1520");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	check_sql(&h,
		  "SELECT count(*) FROM hourly_wh WHERE import_wh < 0 "
		  "OR gas_dm3 < 0 OR import_wh > 1200 OR gas_dm3 > 480",
		  "0");
	check_sql(&h,
		  "SELECT group_concat(medium || ' ' || begins) "
		  "FROM installation WHERE begins IS NOT NULL",
		  "electricity reset,gas reset");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Later readings are judged by the counters since then. */
static void after_a_reset_readings_are_judged_by_it(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	reset_house(&h);
	accept_it(&h, "register = 'import_t1'");
	accept_it(&h, "register = 'value'");
	db_fixture_close(&h);
	db_fixture_open(&h);
	r = house_at(40, 2005, 800);
	check_int("goes on", take(&h, &r), 1);
	r = house_at(41, 1000000, 800);
	check_int("the old counter", take(&h, &r), 1);
	r = house_at(15, 1001500, 70600);
	take(&h, &r); /* it exists already */
	commit(&h);
	check_sql(&h, TOTALS, "3900|1560");
	check_sql(&h, "SELECT reason, register FROM quarantine",
		  "fast|import_t1");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void a_rejected_one_stays_out(void **state)
{
	const struct pins_order unknown = { .verb = PINS_ACCEPT, .id = 12345 };
	struct db_fixture h;
	struct pins_answer answer;
	struct err e = { 0 };
	struct reading r = house_at(20, 5, 0);
	struct pins_order o = { .verb = PINS_REJECT };

	(void)state;
	reset_house(&h);
	o.id = id_of(&h, "register = 'value'");
	for (int twice = 0; twice < 2; twice++) {
		pin(&h, &o);
		take(&h, &r);
		commit(&h);
		check_sql(&h, "SELECT sum(rejected), count(*) FROM quarantine",
			  "1|40");
		check_sql(&h, TOTALS, "1900|760");
	}
	o.verb = PINS_ACCEPT;
	pin(&h, &o);
	check_sql(&h, TOTALS, "1900|1520");
	check_sql(&h, "SELECT count(*) FROM pin", "1");
	check_int("unknown",
		  journal_pin(h.journal, &unknown, true, &answer, &e),
		  ERR_USAGE);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* The old counter at the end is one reading, too far from the new one. */
static void what_is_accepted_outweighs_readings(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	reset_house(&h);
	r = house_at(41, 1002000, 70800);
	take(&h, &r);
	commit(&h);
	check_sql(&h, TOTALS, "2000|800");
	accept_it(&h, "register = 'value'");
	check_sql(&h, TOTALS, "2000|1520");
	check_sql(&h, "SELECT reason, value FROM quarantine WHERE channel = 1",
		  "fast|70800");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* A true jump, of a connection larger than its limit. */
static void a_jump_that_is_accepted_counts(void **state)
{
	struct db_fixture h;
	struct reading r;

	(void)state;
	reset_house(&h);
	r = house_at(41, 1002000, 170800);
	take(&h, &r);
	commit(&h);
	accept_it(&h, "reason = 'fast'");
	check_sql(&h, TOTALS, "2000|100800");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

#define AT(i) (at(START) + (int64_t)(i)*300)

/* Return rows, held readings, runs and pins as text, to be freed. */
static char *all_of(const struct db_fixture *h)
{
	static const char *const tables[] = {
		"SELECT * FROM electricity ORDER BY ts",
		"SELECT * FROM mbus ORDER BY meter, ts",
		("SELECT meter, ts, reason, register, value, import_t1_wh, "
		 "weight FROM held ORDER BY meter, ts"),
		"SELECT * FROM installation",
		"SELECT * FROM pin ORDER BY meter, first_ts",
		"SELECT * FROM daily_wh",
	};
	char *all = calloc(1, COUNT(tables) * 16384);

	for (size_t i = 0; i < COUNT(tables); i++)
		strcat(strcat(all, ask(h, tables[i])), "\n\n");
	return all;
}

static void check_all(const char *what, const struct db_fixture *h,
		      const char *want)
{
	char *is = all_of(h);

	check_text(what, is, want);
	free(is);
}

/* Also of accepted readings; once taken back, it leaves no trace. */
static void a_range_is_rejected_and_taken_back(void **state)
{
	struct pins_order o = {
		.verb = PINS_REJECT, .from = AT(18), .to = AT(30), .meter = "M1"
	};
	struct db_fixture h;
	struct pins_answer a;
	struct err e = { 0 };
	char *before, *rejected;

	(void)state;
	reset_house(&h);
	before = all_of(&h);
	a = pin(&h, &o);
	check_int("held", a.withdrawn, 2);
	check_int("accepted", a.accepted, 0);
	check_text("whose", a.meter, "electricity M1");
	check_int("total before", a.before[SERIES_IMPORT], 1900);
	check_int("total after", a.after[SERIES_IMPORT], 1700);
	check_sql(&h, TOTALS, "1700|760");
	check_sql(&h, "SELECT sum(rejected) FROM quarantine", "13");
	rejected = all_of(&h);
	check_int("again", pin(&h, &o).again, true);
	check_all("said twice", &h, rejected);
	o.verb = PINS_CLEAR;
	check_int("accepted", pin(&h, &o).accepted, 2);
	check_all("taken back", &h, before);
	check_int("taken back twice", journal_pin(h.journal, &o, true, &a, &e),
		  ERR_USAGE);
	check_all("taken back twice", &h, before);
	free(before);
	free(rejected);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void what_is_only_tried_changes_nothing(void **state)
{
	const struct pins_order o = {
		.verb = PINS_ACCEPT, .from = AT(20), .to = AT(20), .meter = "M1"
	};
	struct db_fixture h;
	struct pins_answer a;
	struct err e = { 0 };
	char *before;

	(void)state;
	reset_house(&h);
	before = all_of(&h);
	must(journal_pin(h.journal, &o, false, &a, &e), &e);
	check_int("accepted", a.accepted, 20);
	check_int("total", a.after[SERIES_IMPORT], 3800);
	check_all("tried", &h, before);
	pin(&h, &o);
	check_sql(&h, TOTALS, "3800|760");
	free(before);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Earlier decisions apply to readings imported later. */
static void a_range_holds_for_readings_that_come_later(void **state)
{
	struct pins_order o = {
		.verb = PINS_REJECT, .from = AT(38), .to = AT(60), .meter = "G1"
	};
	struct db_fixture h;

	(void)state;
	reset_house(&h);
	pin(&h, &o);
	for (int i = 40; i < 45; i++) {
		struct reading r = house_at(i, 1001900 + i, 70800 + i);

		take(&h, &r);
		commit(&h);
	}
	check_sql(&h, TOTALS, "1944|760");
	o.verb = PINS_CLEAR;
	pin(&h, &o);
	check_sql(&h, TOTALS, "1944|844");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Falling readings in a time range that a person accepted before they came. */
static void a_range_is_accepted_before_its_readings_come(void **state)
{
	struct db_fixture h;

	(void)state;
	reset_house(&h);
	pin(&h, &(struct pins_order){ .verb = PINS_ACCEPT,
				      .from = AT(39),
				      .to = AT(60),
				      .meter = "M1" });
	for (int i = 40; i < 45; i++) {
		struct reading r = house_at(i, 7 + (i - 40) * 100, 70800);

		take(&h, &r);
		commit(&h);
	}
	check_sql(&h,
		  "SELECT count(*), max(ts) < unixepoch('2026-05-01T03:15:00') "
		  "FROM quarantine WHERE channel = 0",
		  "19|1");
	check_sql(&h, TOTALS, "2300|800");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void what_cannot_be_pinned(void **state)
{
	static const struct {
		const char *name, *meter;
		int from, to;
	} rows[] = {
		{ "another meter", "M2", 0, 40 },
		{ "no readings", "M1", 100, 200 },
		{ "no readings of any", NULL, 100, 200 },
		{ "which meter", NULL, 0, 40 },
	};
	struct db_fixture h;
	char *before;

	(void)state;
	reset_house(&h);
	before = all_of(&h);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct pins_order o = { .verb = PINS_REJECT,
					      .from = AT(rows[i].from),
					      .to = AT(rows[i].to),
					      .meter = rows[i].meter };
		struct pins_answer a;
		struct err e = { 0 };

		check_int(rows[i].name,
			  journal_pin(h.journal, &o, true, &a, &e), ERR_USAGE);
	}
	check_all("refused", &h, before);
	free(before);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

/* Both counters fall to almost 0 in the middle. */
static struct reading reset_at(int i)
{
	int since = i < READINGS / 2 ? i : i - READINGS / 2;
	int64_t from = i < READINGS / 2 ? 5000000 : 100;

	return house_at(i, from + since * 80, from + since * 40);
}

static void put_reset(struct db_fixture *h, int step)
{
	for (int i = 0; i < READINGS; i += step) {
		struct reading r = reset_at(i);

		take(h, &r);
	}
	commit(h);
}

/* The readings after the reset come again, with more between them. */
static void what_a_person_accepted_may_come_again(void **state)
{
	struct db_fixture h;

	(void)state;
	judged_house(&h);
	put_reset(&h, 2);
	accept_it(&h, "channel = 0");
	accept_it(&h, "channel = 1");
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	put_reset(&h, 1);
	check_sql(&h, "SELECT count(*) FROM quarantine", "0");
	check_sql(&h, "SELECT count(*) FROM electricity", "24");
	check_sql(&h, "SELECT sum(import_wh), sum(gas_dm3) FROM daily_wh",
		  "1760|880");
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

static void the_list_says_what_and_why(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };
	struct held_list_entry q;
	struct held_list *r;

	(void)state;
	reset_house(&h);
	r = held_list_open(h.path, &e);
	assert_non_null(r);
	check_int("one", held_list_next(r, &q, &e), 1);
	check_text("medium", q.name, "gas");
	check_text("unit", q.unit, "m3");
	check_int("two", held_list_next(r, &q, &e), 1);
	check_text("medium", q.medium, "electricity");
	check_text("identifier", q.identifier, "M1");
	check_text("reason", q.reason, "back");
	check_text("name", q.name, "import_t1");
	check_text("unit", q.unit, "kWh");
	check_int("value", q.value, 5);
	check_int("min", q.expected_min, 1001900);
	held_list_close(r);
	db_fixture_verified(&h);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_reset_that_is_accepted_goes_on_without_a_step),
		cmocka_unit_test(after_a_reset_readings_are_judged_by_it),
		cmocka_unit_test(a_rejected_one_stays_out),
		cmocka_unit_test(what_is_accepted_outweighs_readings),
		cmocka_unit_test(a_jump_that_is_accepted_counts),
		cmocka_unit_test(a_range_is_rejected_and_taken_back),
		cmocka_unit_test(what_is_only_tried_changes_nothing),
		cmocka_unit_test(a_range_holds_for_readings_that_come_later),
		cmocka_unit_test(a_range_is_accepted_before_its_readings_come),
		cmocka_unit_test(what_cannot_be_pinned),
		cmocka_unit_test(what_a_person_accepted_may_come_again),
		cmocka_unit_test(the_list_says_what_and_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
