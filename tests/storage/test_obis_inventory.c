/* The list of references, and their series. */
#include "telegram/parse.h"
#include "tests/storage/db_fixture.h"

#define HEAD "/TST5\\2TEST\r\n\r\n"

static void put_lines(struct db_fixture *h, int64_t ts, const char *lines)
{
	struct reading r = reading_of("M1", ts, ts % 1000000, 1);

	r.raw = span_of(lines);
	take(h, &r);
}

static void each_reference_is_listed_once(void **state)
{
	int64_t t = at("2026-03-01T12:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_lines(&h, t,
		  HEAD "1-0:1.8.1(000001.000*kWh)\r\n"
		       "1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	put_lines(&h, t + 10,
		  HEAD "1-0:14.7.0(50.01*Hz)\r\n"
		       "9-9:9.9.9(\xff"
		       "A)(B)\r\n!\r\n");
	commit(&h);
	check_sql(&h,
		  "SELECT reference, meaning, unit, value, kept_in, first_ts, "
		  "last_ts, count FROM obis ORDER BY id",
		  "1-0:1.8.1|energy from the grid, tariff 1|kWh|000001.000|"
		  "electricity.import_t1_wh|1772366400|1772366400|1\n"
		  "1-0:14.7.0|frequency|Hz|50.01||1772366400|1772366410|2\n"
		  "9-9:9.9.9|||(?A)(B)||1772366410|1772366410|1");
	db_fixture_gone(&h);
}

static void an_older_telegram_leaves_the_last_value(void **state)
{
	int64_t t = at("2026-03-01T12:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_lines(&h, t, HEAD "1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	commit(&h);
	put_lines(&h, t - 60, HEAD "1-0:14.7.0(50.01*Hz)\r\n!\r\n");
	commit(&h);
	check_sql(&h, "SELECT value, first_ts, last_ts, count FROM obis",
		  "49.98|1772366340|1772366400|2");
	db_fixture_close(&h);
	db_fixture_open(&h);
	put_lines(&h, t - 60, HEAD "1-0:14.7.0(50.01*Hz)\r\n!\r\n");
	check_int("rows", commit(&h), 0);
	check_sql(&h, "SELECT value, count FROM obis", "49.98|2");
	db_fixture_gone(&h);
}

static void what_has_no_time_is_listed_too(void **state)
{
	struct reading r = reading_of("M1", 0, 0, 0);
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	r.time.kind = TIMESTAMP_NONE;
	r.raw = SPAN(HEAD "1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	take(&h, &r);
	commit(&h);
	check_sql(&h, "SELECT reference, first_ts IS NULL, count FROM obis",
		  "1-0:14.7.0|1|1");
	db_fixture_gone(&h);
}

/* A telegram as the parser returns it: the one before may resemble it. */
static void put_parsed(struct db_fixture *h, int64_t ts, const char *text)
{
	struct reading r;

	telegram_parse(span_of(text), 3600, &r);
	r.time = (struct timestamp){ .utc = ts };
	r.time.kind = ts != 0 ? TIMESTAMP_UTC : TIMESTAMP_NONE;
	r.meter = SPAN("M1");
	take(h, &r);
}

#define HZ(value) "1-0:14.7.0(" value "*Hz)\r\n"
#define TEXT(value) "0-0:96.13.0(" value ")\r\n"
#define ODD(value) "9-9:9.9.9(" value ")\r\n"

static void telegrams_that_resemble_each_other_count(void **state)
{
	static const struct {
		const char *name;
		struct {
			int64_t s; /* after t; -1: no time */
			const char *text;
		} put[5];
		const char *want;
	} cases[] = {
		{ "values change",
		  { { 0, HEAD HZ("49.98") ODD("1") "!\r\n" },
		    { 10, HEAD HZ("49.99") ODD("2") "!\r\n" },
		    { 20, HEAD HZ("50.00") ODD("3") "!\r\n" } },
		  "1-0:14.7.0|50.00|0|20|3\n9-9:9.9.9|3|0|20|3" },
		{ "another comes between",
		  { { 0, HEAD HZ("49.98") ODD("1") "!\r\n" },
		    { 10, HEAD HZ("49.99") ODD("2") "!\r\n" },
		    { 20, HEAD ODD("3") "!\r\n" },
		    { 30, HEAD HZ("50.00") ODD("4") "!\r\n" },
		    { 40, HEAD HZ("50.01") ODD("5") "!\r\n" } },
		  "1-0:14.7.0|50.01|0|40|4\n9-9:9.9.9|5|0|40|5" },
		{ "a reference of the same length",
		  { { 0, HEAD HZ("49.98") "9-9:9.9.9(1)\r\n!\r\n" },
		    { 10, HEAD HZ("49.99") "9-9:9.9.8(2)\r\n!\r\n" } },
		  "1-0:14.7.0|49.99|0|10|2\n9-9:9.9.8|2|10|10|1\n"
		  "9-9:9.9.9|1|0|0|1" },
		{ "a line in place of a text",
		  { { 0, HEAD TEXT("30313233343536373") HZ("49.98") "!\r\n" },
		    { 10, HEAD TEXT("") ODD("1234") HZ("49.99") "!\r\n" },
		    { 20,
		      HEAD TEXT("30313233343536373") HZ("50.00") "!\r\n" } },
		  "0-0:96.13.0|30313233343536373|0|20|3\n"
		  "1-0:14.7.0|50.00|0|20|3\n9-9:9.9.9|1234|10|10|1" },
		{ "a longer value",
		  { { 0, HEAD HZ("49.98") "!\r\n" },
		    { 10, HEAD HZ("50.12345678901234567890") "!\r\n" },
		    { 20, HEAD HZ("50.1234567890123456") "!\r\n" } },
		  "1-0:14.7.0|50.1234567890123456|0|20|3" },
		{ "time goes back",
		  { { 20, HEAD HZ("49.98") "!\r\n" },
		    { 30, HEAD HZ("49.99") "!\r\n" },
		    { 10, HEAD HZ("50.00") "!\r\n" },
		    { 25, HEAD HZ("50.01") "!\r\n" } },
		  "1-0:14.7.0|49.99|10|30|4" },
		{ "some have no time",
		  { { -1, HEAD HZ("49.98") "!\r\n" },
		    { -1, HEAD HZ("49.97") "!\r\n" },
		    { 10, HEAD HZ("49.99") "!\r\n" },
		    { 20, HEAD HZ("50.00") "!\r\n" },
		    { -1, HEAD HZ("50.01") "!\r\n" } },
		  "1-0:14.7.0|50.00|10|20|5" },
	};
	const int64_t t = at("2026-03-01T12:00:00Z");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct db_fixture h;

		db_fixture_new(&h);
		for (size_t k = 0; k < 5 && cases[i].put[k].text; k++)
			put_parsed(&h,
				   cases[i].put[k].s < 0
					   ? 0
					   : t + cases[i].put[k].s,
				   cases[i].put[k].text);
		commit(&h);
		print_message("%s\n", cases[i].name);
		check_sql(&h,
			  "SELECT reference, value, first_ts - 1772366400, "
			  "last_ts - 1772366400, count FROM obis "
			  "ORDER BY reference",
			  cases[i].want);
		db_fixture_gone(&h);
	}
}

static void they_count_over_commits(void **state)
{
	const int64_t t = at("2026-03-01T12:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 9; i++) {
		struct reading r = reading_of("M1", t + 10 * i, 1000 + i, 1);

		r.raw = SPAN(HEAD HZ("50.01") "!\r\n");
		r.lines = 1;
		take(&h, &r);
		if (i % 3 == 2)
			check_int("rows", commit(&h), i == 2 ? 3 + 1 : 3);
		check_sql(&h, "SELECT sum(count) FROM obis",
			  i < 2	  ? ""
			  : i < 5 ? "3"
			  : i < 8 ? "6"
				  : "9");
	}
	db_fixture_gone(&h);
}

static void the_list_has_an_end(void **state)
{
	enum { LINE = 32, MANY = 400 };
	char *text = calloc(MANY, LINE);
	int64_t t = at("2026-03-01T12:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	for (int twice = 0; twice < 2; twice++) {
		size_t n = 0;

		for (int i = 0; i < MANY; i++)
			n += (size_t)snprintf(text + n, LINE,
					      "%d-0:%d.%d.0(1)\r\n", twice + 1,
					      i / 200 + 1, i % 200);
		put_lines(&h, t + 10 * twice, text);
		commit(&h);
		db_fixture_close(&h);
		db_fixture_open(&h);
	}
	check_sql(&h, "SELECT count(*) FROM obis", "256");
	free(text);
	db_fixture_gone(&h);
}

static void wanted_references_are_kept_as_series(void **state)
{
	int64_t t = at("2026-03-01T12:00:00Z");
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	db_fixture_close(&h);
	h.options.extra = "1-0:14.7.0, 1-1:31.4.0 0-0:96.13.0";
	db_fixture_open(&h);
	for (int s = 0; s < 25; s += 5)
		put_lines(&h, t + s,
			  s < 10 ? HEAD "1-0:14.7.0(49.98*Hz)\r\n"
					"0-0:96.13.0(303132)\r\n!\r\n"
				 : HEAD "1-0:14.7.0(0.0507*kHz)\r\n"
					"1-1:31.4.0(100*A)(-063*A)\r\n!\r\n");
	check_int("new rows of these and of electricity", commit(&h), 3 + 7);
	check_sql(&h,
		  "SELECT ts - 1772366400, reference, value, typeof(value), "
		  "unit FROM extras ORDER BY reference, ts",
		  "0|0-0:96.13.0|303132|text|\n"
		  "0|1-0:14.7.0|49.98|real|kHz\n"
		  "10|1-0:14.7.0|0.05|real|kHz\n"
		  "20|1-0:14.7.0|0.05|real|kHz\n"
		  "10|1-1:31.4.0|100.0|real|A\n"
		  "20|1-1:31.4.0|100.0|real|A");
	put_lines(&h, t + 17, HEAD "1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	check_int("the interval has one", commit(&h), 0);
	db_fixture_gone(&h);
}

static void a_list_that_is_none_is_refused(void **state)
{
	static const struct {
		const char *list;
		int rc;
	} cases[] = {
		{ "", 0 },
		{ "1-0:14.7.0", 0 },
		{ " 1-0:14.7.0 ,, 1-0:14.7.0 ", 0 },
		{ "frequency", ERR_CONFIG },
		{ "1-0:14.7.0;1-0:13.7.0", ERR_CONFIG },
		{ "1-0:14.7.0*255", ERR_CONFIG },
		{ "1-0:14.7", ERR_CONFIG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		check_int(cases[i].list, journal_check_extra(cases[i].list, &e),
			  cases[i].rc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reference_is_listed_once),
		cmocka_unit_test(an_older_telegram_leaves_the_last_value),
		cmocka_unit_test(what_has_no_time_is_listed_too),
		cmocka_unit_test(telegrams_that_resemble_each_other_count),
		cmocka_unit_test(they_count_over_commits),
		cmocka_unit_test(the_list_has_an_end),
		cmocka_unit_test(wanted_references_are_kept_as_series),
		cmocka_unit_test(a_list_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
