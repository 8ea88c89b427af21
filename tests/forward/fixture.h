/*
 * Shared by the tests of this room: a telegram, a clock, a log that can be
 * read.
 */
#ifndef TESTS_FORWARD_FIXTURE_H
#define TESTS_FORWARD_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/span.h"
#include "forward/output.h"
#include "forward/outputs.h"
#include "telegram/parse.h"
#include "tests/check.h"
#include "tests/logger/fake_clock.h"

enum { CET = 3600 };

/*
 * A small household at 2026-03-10T11:36:10Z; its gas is more than an hour old.
 */
static const char telegram[] =
	"/TST5\\household\r\n\r\n1-3:0.2.8(50)\r\n"
	"0-0:1.0.0(260310123610W)\r\n0-0:96.1.1(4530303031)\r\n"
	"1-0:1.8.1(001164.722*kWh)\r\n1-0:1.8.2(001000.500*kWh)\r\n"
	"1-0:2.8.1(000005.000*kWh)\r\n0-0:96.14.0(0002)\r\n"
	"1-0:1.7.0(00.087*kW)\r\n1-0:2.7.0(00.000*kW)\r\n"
	"0-0:96.7.21(00013)\r\n0-0:96.3.10(1)\r\n0-0:17.0.0(999.9*kW)\r\n"
	"1-0:32.7.0(230.1*V)\r\n1-0:31.7.0(003*A)\r\n1-0:21.7.0(00.087*kW)\r\n"
	"0-1:24.1.0(003)\r\n0-1:96.1.0(4730303032)\r\n"
	"0-1:24.2.1(260310110000W)(01621.615*m3)\r\n"
	"0-1:24.4.0(1)\r\n0-2:24.1.0(007)\r\n"
	"0-2:24.2.1(260310123500W)(00012.345*m3)\r\n!0000\r\n";

/* A copy of it with `from` replaced by `to` of the same length. */
static inline const char *changed(char buf[static 2048], const char *from,
				  const char *to)
{
	char *at;

	assert_int_equal(strlen(from), strlen(to));
	snprintf(buf, 2048, "%s", telegram);
	at = strstr(buf, from);
	assert_non_null(at);
	memcpy(at, to, strlen(to));
	return buf;
}

static inline struct reading read_telegram(const char *text)
{
	struct reading r;

	assert_true(telegram_parse(span_of(text), CET, &r));
	r.raw = span_of(text);
	r.crc = CRC_OK;
	return r;
}

/* Settings with everything off. */
static inline struct outputs_settings nothing_forwarded(void)
{
	/* clang-format off */
	return (struct outputs_settings){
		.udp_json = {"", "", 1},
		.udp_lines = {""},
		.udp_values = {"", 300, NULL, 0},
		.mqtt = {.broker = "", .topic = "p1logger", .client_id = "",
			 .user = "", .password_file = "", .ca_file = "",
			 .cert_file = "", .key_file = "", .homeassistant = "",
			 .smart_meter = "", .page = "", .refresh_s = 300,
			 .reading = true, .values = true},
		.tcp = {""},
		.files = {"", "", "", true, 1000, 0},
		.feed = {"", NULL},
	};
	/* clang-format on */
}

/* A log whose lines go to a file instead of stderr. */
struct caught {
	struct log log;
	FILE *file;
	int stderr_was;
};

static inline void catch_log(struct caught *c)
{
	c->log = (struct log){ .program = "test", .up_to = LOG_LEVEL_NOTICE };
	c->file = tmpfile();
	fflush(stderr);
	c->stderr_was = dup(STDERR_FILENO);
	dup2(fileno(c->file), STDERR_FILENO);
}

/* Count the lines that contain `part`. Call it once, at the end. */
static inline int caught(struct caught *c, const char *part)
{
	char line[1024];
	int n = 0;

	fflush(stderr);
	dup2(c->stderr_was, STDERR_FILENO);
	close(c->stderr_was);
	rewind(c->file);
	while (fgets(line, sizeof(line), c->file))
		n += strstr(line, part) != NULL;
	fclose(c->file);
	return n;
}

#endif
