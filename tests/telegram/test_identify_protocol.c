#include "telegram/identify_protocol.h"
#include "tests/check.h"

/* A short HDLC frame, written by hand: addresses 41 and 0883, control 13. */
#define HDLC                                                                   \
	"\x7E\xA0\x11\x41\x08\x83\x13\x39\x80"                                 \
	"\xE6\xE7\x00\x0F\x00\x01\x02\x00\x00\x7E"

/* A long M-Bus frame: control 53, address FF, 00, and one byte. */
#define MBUS "\x68\x04\x04\x68\x53\xFF\x00\x01\x53\x16"

static void kinds_are_told(void **state)
{
	static const struct {
		const char *name;
		struct span bytes;
		enum protocol want;
	} cases[] = {
#define BYTES(text) { text, sizeof(text) - 1 }
		{ "nothing", BYTES(""), PROTOCOL_NOISE },
		{ "a header", BYTES("x\r\n/ISK5\\2M550\r\n\r\n"), PROTOCOL_P1 },
		{ "lines alone", BYTES("(1)\r\n1-0:1.8.1(1*kWh)\r\n"),
		  PROTOCOL_P1 },
		{ "text", BYTES("login: \r\npassword: "), PROTOCOL_NOISE },
		{ "encrypted",
		  BYTES("\x99\xDB\x08SYSTITLE\x82\x01\x72\x30\x00\x01\x02\x03"),
		  PROTOCOL_ENCRYPTED },
		{ "encrypted, cut", BYTES("\xDB\x08SYST"), PROTOCOL_NOISE },
		{ "encrypted below a header, without a title",
		  BYTES("x/EGM5G99\r\n\r\n\0\x82\x02\x30\x30\0\0\0\1\x99"),
		  PROTOCOL_UNTITLED },
		{ "the same, cut", BYTES("/EGM5G99\r\n\r\n\0\x82"),
		  PROTOCOL_P1 },
		{ "HDLC", BYTES("\x33\x02" HDLC), PROTOCOL_HDLC },
		{ "flags alone",
		  BYTES("\x7E\x7E\x7E\x7E\x7E\x7E\x7E\x7E"
			"\x7E\x7E\x7E\x7E"),
		  PROTOCOL_NOISE },
		{ "like HDLC, damaged",
		  BYTES("\x7E\xA0\x11\x41\x08\x83\x13\x39\x81"
			"\xE6\xE7\x00\x0F\x00\x01\x02\x00\x00\x7E"),
		  PROTOCOL_NOISE },
		{ "M-Bus", BYTES("\x33\x68" MBUS), PROTOCOL_MBUS },
		{ "M-Bus around what is encrypted, begun within a frame",
		  BYTES("\xDB\x08SYSTITLE\x82\x01\x72\x30\x00\x01\x02\x03" MBUS),
		  PROTOCOL_MBUS },
		{ "like M-Bus, with a wrong sum",
		  BYTES("\x68\x04\x04\x68\x53\xFF\x00\x01\x54\x16"),
		  PROTOCOL_NOISE },
		{ "like M-Bus, cut", BYTES("\x68\x04\x04\x68\x53\xFF\x00\x01"),
		  PROTOCOL_NOISE },
		{ "like M-Bus, without a stop",
		  BYTES("\x68\x04\x04\x68\x53\xFF\x00\x01\x53\x17"),
		  PROTOCOL_NOISE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].name, protocol_of(cases[i].bytes),
			  cases[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
