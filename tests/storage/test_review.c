/* What a person says of the quarantine. */
#include "storage/review.h"
#include "tests/storage/house.h"

#define BEGIN "2026-05-01T00:00:00Z"

static struct reading house_at(int i, int64_t import, int64_t gas)
{
	int64_t ts = at(BEGIN) + (int64_t)i * 300;
	struct reading r = reading_of("M1", ts, import, 0);

	with_gas(&r, 1, "G1", ts - 60, gas);
	return r;
}

/* Both counters fall to nothing at the twentieth reading, and go on. */
static void reset_house(struct house *h)
{
	house_new(h);
	house_close(h);
	h->options.limits = (struct judge_limits){ 55200, 55200, 10, 10, 200 };
	house_open(h);
	for (int i = 0; i < 40; i++) {
		int from = i < 20 ? 0 : 20;
		struct reading r =
			house_at(i, (i < 20 ? 1000000 : 5) + (i - from) * 100,
				 (i < 20 ? 70000 : 0) + (i - from) * 40);

		put_judged(h, &r);
		if (i % 7 == 0)
			commit(h);
	}
	commit(h);
}

static int64_t id_of(struct house *h, const char *where)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "SELECT min(id) FROM quarantine WHERE %s",
		 where);
	return strtoll(ask(h, sql), NULL, 10);
}

static void accept_it(struct house *h, const char *where)
{
	struct err e = { 0 };

	must(journal_accept(h->journal, id_of(h, where), &e), &e);
}

#define TOTALS "SELECT sum(import_wh), sum(gas_dm3) FROM hourly_wh"

static void a_reset_that_is_accepted_goes_on_without_a_step(void **state)
{
	struct house h;

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
	house_gone(&h);
}

/* What comes afterwards is judged against the new beginning. */
static void after_a_reset_readings_are_judged_by_it(void **state)
{
	struct house h;
	struct reading r;

	(void)state;
	reset_house(&h);
	accept_it(&h, "register = 'import_t1'");
	accept_it(&h, "register = 'value'");
	house_close(&h);
	house_open(&h);
	r = house_at(40, 2005, 800);
	check_int("goes on", put_judged(&h, &r), 1);
	r = house_at(41, 1000000, 800);
	check_int("the old counter", put_judged(&h, &r), 1);
	r = house_at(15, 1001500, 70600);
	check_int("before it", put_judged(&h, &r), 1);
	commit(&h);
	check_sql(&h, TOTALS, "3900|1560");
	check_sql(&h, "SELECT reason, register FROM quarantine",
		  "fast|import_t1");
	house_gone(&h);
}

static void a_rejected_one_stays_out(void **state)
{
	struct house h;
	struct err e = { 0 };
	struct reading r = house_at(21, 105, 40);
	int64_t id;

	(void)state;
	reset_house(&h);
	id = id_of(&h, "register = 'value'");
	must(journal_reject(h.journal, id, &e), &e);
	check_int("twice", journal_reject(h.journal, id, &e), ERR_USAGE);
	check_int("accepted", journal_accept(h.journal, id, &e), ERR_USAGE);
	put_judged(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT count(*) FROM quarantine WHERE rejected = 0",
		  "39");
	check_sql(&h, TOTALS, "1900|760");
	house_gone(&h);
}

static void what_readings_contradict_cannot_be_accepted(void **state)
{
	struct house h;
	struct err e = { 0 };
	struct reading r;

	(void)state;
	reset_house(&h);
	r = house_at(41, 1002000, 70800);
	put_judged(&h, &r);
	commit(&h);
	check_int(
		"refused",
		journal_accept(h.journal, id_of(&h, "register = 'value'"), &e),
		ERR_FORMAT);
	check_text("why", e.text,
		   "the reading of 2026-05-01T03:24:00Z, which was accepted, "
		   "contradicts it");
	check_int("unknown", journal_accept(h.journal, 12345, &e), ERR_USAGE);
	check_sql(&h, TOTALS, "2000|800");
	house_gone(&h);
}

/* A jump that is true, of a connection larger than its limit. */
static void a_jump_that_is_accepted_counts(void **state)
{
	struct house h;
	struct reading r;

	(void)state;
	reset_house(&h);
	r = house_at(41, 1002000, 170800);
	put_judged(&h, &r);
	commit(&h);
	accept_it(&h, "reason = 'fast'");
	check_sql(&h, TOTALS, "2000|100800");
	house_gone(&h);
}

static void the_list_says_what_and_why(void **state)
{
	struct house h;
	struct err e = { 0 };
	struct review_entry q;
	struct review *r;

	(void)state;
	reset_house(&h);
	r = review_open(h.path, &e);
	assert_non_null(r);
	check_int("one", review_next(r, &q, &e), 1);
	check_text("medium", q.medium, "electricity");
	check_text("identifier", q.identifier, "M1");
	check_text("reason", q.reason, "back");
	check_text("name", q.name, "import_t1");
	check_text("unit", q.unit, "kWh");
	check_int("value", q.value, 5);
	check_int("min", q.expected_min, 1001900);
	check_int("two", review_next(r, &q, &e), 1);
	check_text("medium", q.name, "gas");
	check_text("unit", q.unit, "m3");
	review_close(r);
	house_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_reset_that_is_accepted_goes_on_without_a_step),
		cmocka_unit_test(after_a_reset_readings_are_judged_by_it),
		cmocka_unit_test(a_rejected_one_stays_out),
		cmocka_unit_test(what_readings_contradict_cannot_be_accepted),
		cmocka_unit_test(a_jump_that_is_accepted_counts),
		cmocka_unit_test(the_list_says_what_and_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
