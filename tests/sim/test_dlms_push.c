#include "tests/check.h"

#include <string.h>

#include "base/span.h"
#include "sim/dlms_push.h"
#include "telegram/identify_protocol.h"

static struct display a_face(void)
{
	struct display f = { .utc = INT64_C(1736940600), .phases = 3 };

	f.value[DISPLAY_POWER_IMPORT] = 0x01020304;
	return f;
}

/* The flag, the length up to the closing flag, and both checks. */
static void a_frame_is_hdlc(void **state)
{
	const struct display f = a_face();
	uint8_t out[DLMS_PUSH_SIZE];
	size_t n = dlms_push_frame(&f, out);

	(void)state;
	assert_int_equal(out[0], 0x7E);
	assert_int_equal(out[n - 1], 0x7E);
	assert_int_equal((out[1] & 7) << 8 | out[2], n - 2);
	assert_int_equal(protocol_of((struct span){ (char *)out, n }),
			 PROTOCOL_HDLC);
	/* one of the two checks is enough */
	assert_int_equal(protocol_of((struct span){ (char *)out, 60 }),
			 PROTOCOL_HDLC);
	out[8] ^= 1;
	assert_int_equal(protocol_of((struct span){ (char *)out, n }),
			 PROTOCOL_NOISE);
}

static void it_tells_what_the_meter_shows(void **state)
{
	static const char line[] = "\x02\x03\x09\x06\x01\x00\x01\x07\x00\xFF"
				   "\x06\x01\x02\x03\x04\x02\x02\x0F\x00\x16"
				   "\x1B";
	const struct display f = a_face();
	uint8_t out[DLMS_PUSH_SIZE];

	(void)state;
	dlms_push_frame(&f, out);
	assert_memory_equal(out + 20, line, sizeof(line) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_is_hdlc),
		cmocka_unit_test(it_tells_what_the_meter_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
