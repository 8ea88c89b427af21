/*
 * What a UART receives at its own speed, at others, and over an inverted line.
 */
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "sim/uart.h"
#include "tests/check.h"

static const struct uart_setting fast = { 115200, 8, false };
static const struct uart_setting slow = { 9600, 7, true };
static const struct uart_setting slow8 = { 9600, 8, false };

/* Send a text. Returns the received bytes as hexadecimal. */
static const char *heard(const struct uart_setting *sent,
			 const struct uart_setting *set, bool inverted,
			 const char *text)
{
	static char hex[4096];
	char out[UART_HEARD];
	struct uart u;
	size_t n, at = 0;

	uart_begin(&u, sent, inverted);
	uart_set(&u, set);
	hex[0] = '\0';
	n = uart_rest(&u, out);
	for (size_t i = 0; i <= strlen(text); i++) {
		for (size_t k = 0; k < n && at + 3 < sizeof(hex); k++)
			at += (size_t)snprintf(hex + at, 3, "%02x",
					       (unsigned char)out[k]);
		n = text[i] ? uart_send(&u, (unsigned char)text[i], out) : 0;
	}
	return hex;
}

static void bytes_are_heard_as_bits_say(void **state)
{
	static const struct {
		const char *name;
		const struct uart_setting *sent, *set;
		bool inverted;
		const char *text, *want;
	} cases[] = {
		{ "as it was sent", &fast, &fast, false, "/0~", "2f307e" },
		{ "7E1 as it was sent", &slow, &slow, false, "/0~", "2f307e" },
		/* '/' has five ones, '0' two, '1' three */
		{ "7E1 at 8N1: parity is the highest bit", &slow, &slow8, false,
		  "/01", "af30b1" },
		/* U: 01010101. A NUL for each byte whose parity is wrong. */
		{ "8N1 at 7E1: even bytes are right", &slow8, &slow, false,
		  "U01", "553000" },
		/*
		 * Unsynchronised until the first stop bit, then always
		 * inverted: ~'1' << 1 | 1 is 9d.
		 */
		{ "an inverted line", &fast, &fast, true,
		  "1-0:1.8.0(000123*kWh)111", "9d9d9d" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *is = heard(cases[i].sent, cases[i].set,
				       cases[i].inverted, cases[i].text);

		if (cases[i].inverted)
			is += strlen(is) - strlen(cases[i].want);
		check_text(cases[i].name, is, cases[i].want);
	}
}

static void a_slower_sender_is_runs_of_bits(void **state)
{
	const char *hex = heard(&slow8, &fast, false, "0-0:1.0.0(");

	(void)state;
	assert_true(strlen(hex) >= 2 * 20);
	for (; *hex != '\0'; hex += 2) {
		unsigned byte;

		assert_int_equal(sscanf(hex, "%2x", &byte), 1);
		byte = ~byte & 0xFF;
		if ((byte & (byte + 1)) != 0)
			fail_msg("%.2s has ones before zeros", hex);
	}
}

static void a_faster_sender_is_fewer_bytes(void **state)
{
	char text[601];

	(void)state;
	memset(text, '5', 600);
	text[600] = '\0';
	assert_in_range(strlen(heard(&fast, &slow8, false, text)) / 2, 40, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_heard_as_bits_say),
		cmocka_unit_test(a_slower_sender_is_runs_of_bits),
		cmocka_unit_test(a_faster_sender_is_fewer_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
