/* Which reading can follow which. */
#include "storage/judge/can_follow.h"
#include "tests/check.h"

static const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };

struct step_case {
	const char *name;
	int64_t seconds, from, to;
	enum verdict want;
};

static void check_steps(const struct judge_rates *r, const struct step_case *s,
			size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct judge_point a = { .ts = 1000000, .have = 1 };
		struct judge_point b = { .ts = 1000000 + s[i].seconds,
					 .have = 1 };
		int where = -1;

		a.value[0] = s[i].from;
		b.value[0] = s[i].to;
		check_int(s[i].name, judge_step(r, &a, &b, &where), s[i].want);
		check_int(s[i].name, where, s[i].want == VERDICT_FITS ? -1 : 0);
	}
}

static void electricity_goes_forward_as_fast_as_it_can(void **state)
{
	static const struct step_case steps[] = {
		{ "still", 10, 5000, 5000, VERDICT_FITS },
		{ "a Wh back", 10, 5000, 4999, VERDICT_BACK },
		{ "a Wh in a second", 1, 5000, 5001, VERDICT_FITS },
		{ "an hour at 55.2 kW", 3600, 0, 55200, VERDICT_FITS },
		{ "an hour at 56 kW", 3600, 0, 56000, VERDICT_FAST },
		{ "10 s at 55.2 kW", 10, 5000, 5153, VERDICT_FITS },
		{ "a digit more", 10, 5000, 15000, VERDICT_FAST },
		{ "after a month", 30 * 86400, 0, 30 * 24 * 55200,
		  VERDICT_FITS },
		{ "to zero", 300, 5000, 0, VERDICT_BACK },
		{ "over 99999.999", 10, 99999995, 4, VERDICT_ROLLED },
		{ "over 999999.999", 10, 999999995, 4, VERDICT_ROLLED },
		{ "to zero near the end", 10, 99990000, 0, VERDICT_BACK },
		{ "past it, with six digits", 10, 99999995, 100000004,
		  VERDICT_FITS },
	};
	struct judge_rates r = judge_electricity(&limits);

	(void)state;
	check_steps(&r, steps, COUNT(steps));
}

static void gas_has_one_value_at_one_time(void **state)
{
	static const struct step_case steps[] = {
		{ "again", 0, 5000, 5000, VERDICT_FITS },
		{ "another", 0, 5000, 5001, VERDICT_FAST },
		{ "less", 0, 5000, 4999, VERDICT_BACK },
		{ "an hour of 10 m3", 3600, 5000, 15000, VERDICT_FITS },
		{ "an hour of 12 m3", 3600, 5000, 17000, VERDICT_FAST },
		{ "+1800 m3", 3600, 1621615, 3421615, VERDICT_FAST },
		{ "+1800 m3 in eight days", 8 * 86400, 1621615, 3421615,
		  VERDICT_FITS },
		{ "dead", 3600, 1621615, 0, VERDICT_BACK },
		{ "over the end", 3600, 99999990, 300, VERDICT_ROLLED },
	};
	struct judge_rates r = judge_mbus(&limits, MEDIUM_GAS, UNIT_DM3);

	(void)state;
	check_steps(&r, steps, COUNT(steps));
}

static void each_medium_has_its_limit(void **state)
{
	static const struct {
		const char *name;
		enum medium medium;
		enum unit unit;
		int64_t per_hour;
	} rows[] = {
		{ "gas", MEDIUM_GAS, UNIT_DM3, 10000 },
		{ "water", MEDIUM_WATER, UNIT_DM3, 10000 },
		{ "heat", MEDIUM_HEAT, UNIT_MJ, 720 },
		{ "heat in m3", MEDIUM_HEAT, UNIT_DM3, 10000 },
		{ "heat in Wh", MEDIUM_HEAT, UNIT_WH, 200000 },
		{ "a second meter", MEDIUM_ELECTRICITY, UNIT_WH, 55200 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_int(rows[i].name,
			  judge_mbus(&limits, rows[i].medium, rows[i].unit)
				  .per_hour[0],
			  rows[i].per_hour);
}

/* A meter may lack a tariff, or have one wrong register. */
static void registers_are_judged_one_by_one(void **state)
{
	struct judge_rates r = judge_electricity(&limits);
	struct judge_point a = { .ts = 0, .have = 0x6, .value = { 0, 10, 20 } };
	struct judge_point b = { .ts = 10, .have = 0x2, .value = { 0, 11, 0 } };
	int where = -1;

	(void)state;
	check_int("fewer", judge_step(&r, &a, &b, &where), VERDICT_FITS);
	b.have = 0x6;
	check_int("wrong", judge_step(&r, &a, &b, &where), VERDICT_BACK);
	check_int("which", where, 2);
	b.value[2] = 20;
	check_int("right", judge_step(&r, &a, &b, &where), VERDICT_FITS);
}

static void without_a_limit_only_backwards_is_wrong(void **state)
{
	static const struct judge_limits none = { 0 };
	static const struct step_case steps[] = {
		{ "fast", 1, 0, 1000000000, VERDICT_FITS },
		{ "back", 1, 1000, 0, VERDICT_BACK },
		{ "over the end", 1, 99999999, 0, VERDICT_ROLLED },
	};
	struct judge_rates r = judge_electricity(&none);

	(void)state;
	check_steps(&r, steps, COUNT(steps));
}

/* Registers that one reading shows, in the order of enum quantity. */
struct form {
	unsigned have;
	int64_t value[JUDGE_REGISTERS];
};

static void totals_are_compared_where_the_forms_differ(void **state)
{
	enum { TOTAL = 1, TARIFFS = 6, ALL = 7 };
	static const struct {
		const char *name;
		struct form a, b;
		bool want;
	} rows[] = {
		{ "total, then tariffs",
		  { TOTAL, { 10000 } },
		  { TARIFFS, { 0, 4000, 6010 } },
		  true },
		{ "tariffs, then total",
		  { TARIFFS, { 0, 4000, 6000 } },
		  { TOTAL, { 10010 } },
		  true },
		{ "digits cut off the tariffs",
		  { TOTAL, { 10000 } },
		  { TARIFFS, { 0, 3999, 5999 } },
		  true },
		{ "a fall between the forms",
		  { TOTAL, { 10000 } },
		  { TARIFFS, { 0, 4000, 5000 } },
		  false },
		{ "a jump between the forms",
		  { TARIFFS, { 0, 4000, 6000 } },
		  { TOTAL, { 90000 } },
		  false },
		{ "the tariffs are shared",
		  { ALL, { 10000, 4000, 6000 } },
		  { TARIFFS, { 0, 4000, 6010 } },
		  true },
		{ "nothing is shared",
		  { TOTAL, { 10000 } },
		  { 0x20, { 0 } },
		  true },
	};
	struct judge_rates r = judge_electricity(&limits);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct judge_point a = { .ts = 1000000,
					 .have = rows[i].a.have };
		struct judge_point b = { .ts = 1000060,
					 .have = rows[i].b.have };

		memcpy(a.value, rows[i].a.value, sizeof(a.value));
		memcpy(b.value, rows[i].b.value, sizeof(b.value));
		check_int(rows[i].name, judge_can_follow(&r, &a, &b, ~0u),
			  rows[i].want);
		b.ts = a.ts;
		check_int("one stamp has one reading",
			  judge_can_follow(&r, &a, &b, ~0u), false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(electricity_goes_forward_as_fast_as_it_can),
		cmocka_unit_test(gas_has_one_value_at_one_time),
		cmocka_unit_test(each_medium_has_its_limit),
		cmocka_unit_test(registers_are_judged_one_by_one),
		cmocka_unit_test(without_a_limit_only_backwards_is_wrong),
		cmocka_unit_test(totals_are_compared_where_the_forms_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
