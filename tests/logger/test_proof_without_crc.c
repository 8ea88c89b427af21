/* Telegrams without a CRC prove each other. */
#include <stdio.h>
#include <string.h>

#include "logger/proof_without_crc.h"
#include "tests/check.h"

static const struct judge_limits limits = { 55200, 55200, 10, 10, 200 };

/* The i-th telegram of a household that draws 3.6 kW, a Wh per second. */
static struct reading telegram_at(int i, char raw[static 64])
{
	struct reading r = { .crc = CRC_NONE,
			     .time = { .kind = TIMESTAMP_UTC,
				       .utc = 1780000000 + i * 10 } };

	snprintf(raw, 64, "/ISk5\\2MT382 4B384547 %d", i);
	r.raw = span_of(raw);
	r.header = (struct span){ raw, 12 };
	r.meter = (struct span){ raw + 13, 8 };
	r.have = 1u << Q_IMPORT_T1 | 1u << Q_IMPORT_T2 |
		 UINT64_C(1) << Q_POWER_IMPORT;
	r.value[Q_IMPORT_T1] = 1000000 + i * 10;
	r.value[Q_IMPORT_T2] = 500000;
	r.value[Q_POWER_IMPORT] = 3600;
	r.mbus[0] = (struct mbus){ .channel = 1,
				   .type = 3,
				   .medium = MEDIUM_GAS,
				   .time = { .kind = TIMESTAMP_UTC,
					     .utc = 1779999000 },
				   .has_value = true,
				   .value = 947680,
				   .unit = UNIT_DM3 };
	return r;
}

/* A damaged digit: what it changes in the telegram. */
enum damage_kind {
	NONE,
	COUNTER_UP,
	COUNTER_FAR_UP,
	COUNTER_DOWN,
	IDENTIFIER,
	HEADER,
	REGISTER_GONE,
	GAS_UP,
	GAS_DOWN,
	POWER,
};

static void damage(struct reading *r, enum damage_kind d)
{
	switch (d) {
	case NONE:
		break;
	case COUNTER_UP:
		r->value[Q_IMPORT_T1] += 100;
		break;
	case COUNTER_FAR_UP:
		r->value[Q_IMPORT_T1] += 1000000;
		break;
	case COUNTER_DOWN:
		r->value[Q_IMPORT_T1] -= 100;
		break;
	case IDENTIFIER:
		r->meter = SPAN("4B384548");
		break;
	case HEADER:
		r->header = SPAN("/ISk5\\2MT383");
		break;
	case REGISTER_GONE:
		r->have &= ~(UINT64_C(1) << Q_IMPORT_T2);
		break;
	case GAS_UP:
		r->mbus[0].value += 1000;
		break;
	case GAS_DOWN:
		r->mbus[0].value -= 1000;
		break;
	case POWER:
		r->value[Q_POWER_IMPORT] += 90000;
		break;
	}
}

/*
 * Pass ten telegrams, the one at `bad` damaged. Returns "+" for each proven one
 * and "-" for each other, in the order of the answers.
 */
static const char *play(enum damage_kind d, int bad, bool ended)
{
	static char said[32];
	struct proof p = { 0 };
	struct err e;
	size_t n = 0;

	for (int i = 0; i <= 10; i++) {
		enum proof_answer a;
		struct reading *out;
		char raw[64];
		struct reading r = telegram_at(i, raw);

		damage(&r, i == bad ? d : NONE);
		if (i < 10)
			assert_int_equal(proof_add(&p, &r, &e), 0);
		memset(raw, '?',
		       sizeof(raw)); /* the reader's bytes are no longer valid */
		while ((a = proof_next(&p, &limits, ended && i == 10, &out)) !=
		       PROOF_WAITS) {
			said[n++] = a == PROOF_GOOD ? '+' : '-';
			assert_true(out->raw.p[0] == '/');
			if (a == PROOF_GOOD)
				assert_true(
					span_eq(out->meter, SPAN("4B384547")));
			if (a == PROOF_GOOD)
				check_int("power", out->value[Q_POWER_IMPORT],
					  3600);
		}
	}
	said[n] = '\0';
	proof_close(&p);
	return said;
}

static void one_that_is_damaged_is_found(void **state)
{
	static const struct {
		const char *name;
		enum damage_kind damage;
		int bad;
		const char *want;
	} rows[] = {
		{ "none", NONE, 5, "+++++++++" },
		{ "counter up", COUNTER_UP, 5, "++++-++++" },
		{ "counter far up", COUNTER_FAR_UP, 5, "+++++-+++" },
		{ "counter down", COUNTER_DOWN, 5, "+++++-+++" },
		{ "the first, up", COUNTER_UP, 0, "-++++++++" },
		{ "the first, far up", COUNTER_FAR_UP, 0, "-++++++++" },
		{ "identifier", IDENTIFIER, 5, "++++-++++" },
		{ "identifier of the first", IDENTIFIER, 0, "-++++++++" },
		{ "header", HEADER, 5, "++++-++++" },
		{ "a register less", REGISTER_GONE, 5, "++++-++++" },
		{ "gas up", GAS_UP, 5, "++++-++++" },
		{ "gas down", GAS_DOWN, 5, "++++-++++" },
		{ "power", POWER, 5, "++++-++++" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *said = play(rows[i].damage, rows[i].bad, false);
		int good = 0;

		for (const char *c = said; *c != '\0'; c++)
			good += *c == '+';
		check_int(rows[i].name, (int)strlen(said), 9);
		check_int(rows[i].name, good, rows[i].damage ? 8 : 9);
	}
}

/* At the end of a file nothing contradicts the last telegram. */
static void the_last_of_a_file_is_good_unless_contradicted(void **state)
{
	(void)state;
	check_text("whole", play(NONE, 5, true), "++++++++++");
	check_text("last damaged", play(COUNTER_DOWN, 9, true), "++++++++--");
}

static void one_alone_is_good(void **state)
{
	struct proof p = { 0 };
	struct reading *out;
	struct err e;
	char raw[64];
	struct reading r = telegram_at(0, raw);

	(void)state;
	assert_int_equal(proof_add(&p, &r, &e), 0);
	check_int("waits", proof_next(&p, &limits, false, &out), PROOF_WAITS);
	check_int("alone", proof_next(&p, &limits, true, &out), PROOF_GOOD);
	check_int("no more", proof_next(&p, &limits, true, &out), PROOF_WAITS);
	proof_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_is_damaged_is_found),
		cmocka_unit_test(
			the_last_of_a_file_is_good_unless_contradicted),
		cmocka_unit_test(one_alone_is_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
