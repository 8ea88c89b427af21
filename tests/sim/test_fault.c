#include "tests/check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "sim/fault.h"
#include "telegram/crc16.h"

enum { TRIES = 400, SIZE = 512 };

/* A telegram whose CRC starts with a 0 and contains a letter. */
static size_t telegram(char out[static SIZE], bool crc)
{
	for (int i = 0;; i++) {
		int n = snprintf(out, SIZE,
				 "/XMX5LGBBFF\r\n\r\n1-3:0.2.8(50)\r\n"
				 "1-0:1.8.1(%06d.123*kWh)\r\n"
				 "1-0:1.8.2(001234.567*kWh)\r\n!",
				 i);
		uint16_t want = crc16(0, out, (size_t)n);

		if (!crc)
			return (size_t)(n + snprintf(out + n, 8, "\r\n"));
		if (want >> 12 == 0 && (want & 15) > 9)
			return (size_t)(n +
					snprintf(out + n, 8, "%04X\r\n", want));
	}
}

/* Is there a telegram with a correct CRC in these bytes, from its first '/'? */
static bool verifies(const char *p, size_t n)
{
	const char *start = memchr(p, '/', n);
	const char *end;

	if (start == NULL)
		return false;
	end = memchr(start, '!', n - (size_t)(start - p));
	return end != NULL && p + n - end > 4 &&
	       crc16(0, start, (size_t)(end - start) + 1) ==
		       strtol(end + 1, NULL, 16);
}

static struct faults *faults_of(const char *text)
{
	struct faults *f = faults_new();
	struct err e = { 0 };

	assert_non_null(f);
	faults_seed(f, 42);
	if (text != NULL && faults_add(f, text, &e) < 0)
		fail_msg("%s", e.text);
	return f;
}

static void damaged_ones_do_not_verify(void **state)
{
	static const char *const kinds[] = { "flip", "cut",    "headless",
					     "drop", "badcrc", "zerocrc",
					     "nocrc" };
	char whole[SIZE], fault[32];
	size_t n = telegram(whole, true);

	(void)state;
	assert_true(verifies(whole, n));
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct faults *f;

		snprintf(fault, sizeof(fault), "%s=1", kinds[k]);
		f = faults_of(fault);
		for (int i = 0; i < TRIES; i++) {
			struct wire w;

			faults_apply(f, whole, n, true, &w);
			check_text(fault, w.status, kinds[k]);
			check_int(fault, w.accept, 0);
			check_int(fault, verifies(w.bytes, w.n), false);
		}
		faults_free(f);
	}
}

static void harmless_ones_keep_the_telegram(void **state)
{
	static const char *const kinds[] = { "garbage", "slash", "ff" };
	char whole[SIZE], fault[32];
	size_t n = telegram(whole, true);

	(void)state;
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct faults *f;

		snprintf(fault, sizeof(fault), "%s=1", kinds[k]);
		f = faults_of(fault);
		for (int i = 0; i < TRIES; i++) {
			struct wire w;

			faults_apply(f, whole, n, true, &w);
			check_text(fault, w.status, kinds[k]);
			check_int(fault, w.accept, 1);
			assert_true(w.n > n);
			assert_memory_equal(w.bytes + w.n - n, whole, n);
		}
		faults_free(f);
	}
}

static void each_does_what_it_says(void **state)
{
	static const struct {
		const char *kind;
		bool crc;
		int more; /* bytes more than the telegram */
		int accept;
	} cases[] = {
		{ "flip", true, 0, 0 },	     { "flip", false, 0, -1 },
		{ "badcrc", true, 0, 0 },    { "zerocrc", true, 0, 0 },
		{ "nocrc", true, -4, 0 },    { "lowcrc", true, 0, 1 },
		{ "shortcrc", true, -1, 1 }, { "nul", true, 1, 1 },
		{ "nul", false, 1, 1 },	     { "lf", true, -6, 1 },
		{ "lf", false, -6, 1 },
	};
	char whole[SIZE], fault[32];

	(void)state;
	for (size_t k = 0; k < COUNT(cases); k++) {
		size_t n = telegram(whole, cases[k].crc);
		struct faults *f;
		struct wire w;

		snprintf(fault, sizeof(fault), "%s=1", cases[k].kind);
		f = faults_of(fault);
		faults_apply(f, whole, n, cases[k].crc, &w);
		check_text(fault, w.status, cases[k].kind);
		check_int(fault, w.accept, cases[k].accept);
		check_int(fault, (long long)w.n - (long long)n, cases[k].more);
		assert_true(w.n != n || memcmp(w.bytes, whole, n) != 0);
		faults_free(f);
	}
}

static void twice_and_too_long(void **state)
{
	char whole[SIZE];
	size_t n = telegram(whole, true);
	struct faults *f = faults_of("dup=1");
	struct wire w;

	(void)state;
	faults_apply(f, whole, n, true, &w);
	assert_int_equal(w.n, 2 * n);
	assert_int_equal(w.accept, 2);
	assert_memory_equal(w.bytes, whole, n);
	assert_memory_equal(w.bytes + n, whole, n);
	faults_free(f);
	f = faults_of("long=1");
	faults_apply(f, whole, n, true, &w);
	assert_true(w.n > 65536);
	assert_int_equal(w.accept, 0);
	assert_true(verifies(w.bytes, w.n));
	faults_free(f);
}

/* A fault that needs a CRC leaves a telegram without one unchanged. */
static void without_a_crc(void **state)
{
	static const char *const kinds[] = { "badcrc", "zerocrc", "nocrc",
					     "lowcrc", "shortcrc" };
	char whole[SIZE], fault[32];
	size_t n = telegram(whole, false);

	(void)state;
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct faults *f;
		struct wire w;

		snprintf(fault, sizeof(fault), "%s=1", kinds[k]);
		f = faults_of(fault);
		faults_apply(f, whole, n, false, &w);
		check_text(fault, w.status, "ok");
		check_int(fault, w.n, n);
		assert_memory_equal(w.bytes, whole, n);
		faults_free(f);
	}
}

static void as_often_as_asked(void **state)
{
	char whole[SIZE];
	size_t n = telegram(whole, true);
	struct faults *f = faults_of("dup=0.1");
	int struck = 0;
	struct wire w;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		faults_apply(f, whole, n, true, &w);
		struck += strcmp(w.status, "dup") == 0;
	}
	assert_in_range(struck, 900, 1100);
	faults_free(f);
}

static void wrong_ones_are_named(void **state)
{
	static const char *const cases[] = { "flip",	"flip=",    "flip=2",
					     "flip=-1", "flop=0.1", "=0.1",
					     "" };
	struct faults *f = faults_of(NULL);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };

		check_int(cases[i], faults_add(f, cases[i], &e), ERR_USAGE);
		assert_true(e.text[0] != '\0');
	}
	faults_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damaged_ones_do_not_verify),
		cmocka_unit_test(harmless_ones_keep_the_telegram),
		cmocka_unit_test(each_does_what_it_says),
		cmocka_unit_test(twice_and_too_long),
		cmocka_unit_test(without_a_crc),
		cmocka_unit_test(as_often_as_asked),
		cmocka_unit_test(wrong_ones_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
