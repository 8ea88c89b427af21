/* Prices from text, and exact products of prices and consumption. */
#include "tariffs/cost.h"
#include "tests/check.h"

static void prices(void **state)
{
	static const struct {
		const char *text;
		int64_t micro;
	} right[] = {
		{ "0.28123", 281230 },
		{ "1", 1000000 },
		{ "0", 0 },
		{ "-0.05", -50000 },
		{ "0.000001", 1 },
		{ "999.999999", 999999999 },
		{ ".5", 500000 },
		{ "0.280000", 280000 },
	};
	static const char *const wrong[] = {
		"0,28", "abc", "1000", "0.1234567", "-",  ".",
		"1e3",	"+1",  " 1",   "--1",	    "1-", "0.28 EUR",
	};
	struct amounts p = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(price_read(&p, PRICE_GAS, "", &e), 0);
	assert_false(price_any(&p));
	for (size_t i = 0; i < COUNT(right); i++) {
		assert_int_equal(price_read(&p, PRICE_GAS, right[i].text, &e),
				 0);
		assert_int_equal(p.of[PRICE_GAS], right[i].micro);
	}
	assert_true(price_any(&p));
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (price_read(&p, PRICE_GAS, wrong[i], &e) != ERR_CONFIG)
			fail_msg("'%s' is taken", wrong[i]);
	assert_non_null(strstr(e.text, "gas: '0.28 EUR'"));
}

static struct amounts some(const struct amounts a)
{
	struct amounts s = a;

	for (int i = 0; i < PRICE_COUNT; i++)
		s.known[i] = s.known[i] || s.of[i] != 0;
	return s;
}

static void is(const struct costs *c, enum cost which, const char *text)
{
	char buf[COST_TEXT];

	if (text == NULL)
		assert_false(c->known[which]);
	else
		assert_true(c->known[which]);
	if (text != NULL)
		assert_string_equal(cost_format(buf, c->nano[which]), text);
}

static void a_day(void **state)
{
	const struct amounts p =
		some((struct amounts){ .of = { [PRICE_IMPORT_T1] = 251230,
					       [PRICE_IMPORT_T2] = 281230,
					       [PRICE_EXPORT] = 90000,
					       [PRICE_GAS] = 1400000,
					       [PRICE_FIXED] = 1123456 } });
	const struct amounts used = some((struct amounts){
		.of = { [PRICE_IMPORT] =
				99999, /* does not count: the tariffs do */
			[PRICE_IMPORT_T1] = 1234,
			[PRICE_IMPORT_T2] = 4321,
			[PRICE_EXPORT_T1] = 1000,
			[PRICE_EXPORT_T2] = 501,
			[PRICE_GAS] = 2345,
			[PRICE_WATER] = 100,
			[PRICE_FIXED] = 1 } });
	const struct costs c = cost_of(&p, &used);

	(void)state;
	is(&c, COST_IMPORT, "1.52521265");
	is(&c, COST_EXPORT, "-0.13509");
	is(&c, COST_GAS, "3.283");
	is(&c, COST_WATER, NULL);
	is(&c, COST_FIXED, "1.123456");
	is(&c, COST_TOTAL, "5.79657865");
}

static void what_is_missing(void **state)
{
	struct amounts p = { 0 }, used = { 0 };
	struct costs c = cost_of(&p, &used);

	(void)state;
	is(&c, COST_TOTAL, NULL);
	amounts_set(&p, PRICE_IMPORT_T1, 100000);
	amounts_set(&used, PRICE_IMPORT_T1, 1000);
	amounts_set(&used, PRICE_IMPORT_T2, 0);
	c = cost_of(&p, &used);
	is(&c, COST_IMPORT, "0.10");
	amounts_set(&used, PRICE_IMPORT_T2, 1); /* a tariff without a price */
	c = cost_of(&p, &used);
	is(&c, COST_IMPORT, NULL);
	is(&c, COST_TOTAL, NULL);
	amounts_set(&p, PRICE_IMPORT, 200000); /* for the other */
	c = cost_of(&p, &used);
	is(&c, COST_IMPORT, "0.1002");
	used = (struct amounts){ 0 };
	amounts_set(&used, PRICE_IMPORT, 2000); /* a meter without tariffs */
	c = cost_of(&p, &used);
	is(&c, COST_IMPORT, "0.40");
	used.of[PRICE_IMPORT] = INT64_MAX; /* too large a sum */
	c = cost_of(&p, &used);
	is(&c, COST_IMPORT, NULL);
}

/* The parts of a year cost as much as the year: nothing is rounded. */
static void sums(void **state)
{
	struct amounts p = { 0 }, day = { 0 }, year = { 0 };
	int64_t sum = 0;

	(void)state;
	amounts_set(&p, PRICE_IMPORT_T1, 251237);
	amounts_set(&p, PRICE_FIXED, 1123457);
	for (int i = 0; i < 365; i++) {
		amounts_set(&day, PRICE_IMPORT_T1, 3333 + i);
		amounts_set(&day, PRICE_FIXED, 1);
		year.of[PRICE_IMPORT_T1] += 3333 + i;
		sum += cost_of(&p, &day).nano[COST_TOTAL];
	}
	year.known[PRICE_IMPORT_T1] = true;
	amounts_set(&year, PRICE_FIXED, 365);
	assert_int_equal(cost_of(&p, &year).nano[COST_TOTAL], sum);
}

static void text(void **state)
{
	char buf[COST_TEXT];

	(void)state;
	assert_string_equal(cost_format(buf, 0), "0.00");
	assert_string_equal(cost_format(buf, 1), "0.000000001");
	assert_string_equal(cost_format(buf, -1500000000), "-1.50");
	assert_string_equal(cost_format(buf, INT64_MIN),
			    "-9223372036.854775808");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prices),
		cmocka_unit_test(a_day),
		cmocka_unit_test(what_is_missing),
		cmocka_unit_test(sums),
		cmocka_unit_test(text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
