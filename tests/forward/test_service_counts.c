/* What the service has counted, as text and back. */
#include "forward/service_counts.h"
#include "tests/check.h"

static void the_text_is_read_back(void **state)
{
	struct service_counts c = { .telegrams = INT64_C(987654321012) }, back;
	char text[SERVICE_COUNTS_TEXT];
	size_t n;

	(void)state;
	for (int i = 0; i < REFUSAL_COUNT; i++)
		c.refused[i] = INT64_C(100000000000) + i;
	n = service_counts_write(text, &c);
	check_int("fits", n == strlen(text) && n + 1 < sizeof(text), true);
	service_counts_read(&back, (struct span){ text, n });
	assert_memory_equal(&back, &c, sizeof(c));
}

static void only_reasons_that_occurred_are_written(void **state)
{
	struct service_counts c = { .telegrams = 7 };
	char text[SERVICE_COUNTS_TEXT];

	(void)state;
	c.refused[REFUSED_NO_CRC] = 2;
	service_counts_write(text, &c);
	check_text("two lines", text, "telegrams 7\nrefused no-crc 2\n");
}

static void what_cannot_be_read_is_skipped(void **state)
{
	static const char *const texts[] = {
		"",
		"\n\n \n",
		"refused",
		"refused crc\n",
		"refused crc -1\n",
		"refused \n",
		"telegrams\n",
		"telegrams many\n",
		"telegrams 5", /* cut short */
		"port /dev/ttyUSB0\nrefused moon 4\n",
	};
	static const struct service_counts none;
	struct service_counts c;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		memset(&c, 1, sizeof(c));
		service_counts_read(&c, span_of(texts[i]));
		if (memcmp(&c, &none, sizeof(c)) != 0)
			fail_msg("'%s' counts", texts[i]);
	}
	service_counts_read(&c, SPAN("later 1\ntelegrams 5\nrefused cut 2\n"));
	check_int("known lines", c.telegrams, 5);
	check_int("known lines", c.refused[REFUSED_CUT], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_read_back),
		cmocka_unit_test(only_reasons_that_occurred_are_written),
		cmocka_unit_test(what_cannot_be_read_is_skipped),
	};

	return cmocka_run_group_tests_name("service_counts", tests, NULL, NULL);
}
