#include <string.h>

#include "base/span.h"
#include "forward/endpoint.h"
#include "tests/check.h"

static void addresses_are_read(void **state)
{
	static const struct {
		const char *text, *want;
		int family, port;
		bool multicast;
	} cases[] = {
		{ "127.0.0.1:5005", "127.0.0.1:5005", AF_INET, 5005, false },
		{ "localhost:1", "localhost:1", AF_INET, 1, false },
		{ "192.168.1.255:65535", "192.168.1.255:65535", AF_INET, 65535,
		  false },
		{ "239.1.2.3:40", "239.1.2.3:40", AF_INET, 40, true },
		{ "[::1]:80", "[::1]:80", AF_INET6, 80, false },
		{ "[ff02::1]:80", "[ff02::1]:80", AF_INET6, 80, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct endpoint at;
		struct err e = { 0 };
		const void *any = &at.address;
		const struct sockaddr_in *in = any;

		check_int(cases[i].text, endpoint_parse(cases[i].text, &at, &e),
			  0);
		check_text(cases[i].text, at.text, cases[i].want);
		check_int(cases[i].text, at.address.ss_family, cases[i].family);
		check_int(cases[i].text, ntohs(in->sin_port), cases[i].port);
		check_int(cases[i].text, endpoint_is_multicast(&at),
			  cases[i].multicast);
	}
}

static void what_is_no_address_is_refused(void **state)
{
	static const char *const cases[] = { "",
					     ":5005",
					     "127.0.0.1",
					     "127.0.0.1:",
					     "127.0.0.1:0",
					     "127.0.0.1:65536",
					     "127.0.0.1:5005x",
					     "example.org:80",
					     "::1:80x",
					     "[::1]",
					     "[::1",
					     "[::1]x:80",
					     "1.2.3.4.5:80",
					     "300.1.1.1:5",
					     "*:5005",
					     "5002:5002" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct endpoint at;
		struct err e = { 0 };

		check_int(cases[i], endpoint_parse(cases[i], &at, &e),
			  ERR_CONFIG);
	}
}

static void what_to_write_instead_is_said(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "0.0.0.0", "'0.0.0.0' has no port: write 0.0.0.0:PORT" },
		{ "[::]", "'[::]' has no port: write [::]:PORT" },
		{ "5002", "'5002' has no address: write 127.0.0.1:5002" },
		{ "http://127.0.0.1:5002/x",
		  "write only host and port: 127.0.0.1:5002" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct endpoint at;
		struct err e = { 0 };

		check_int(cases[i].text, endpoint_parse(cases[i].text, &at, &e),
			  ERR_CONFIG);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", e.text,
				 cases[i].says);
	}
}

static void a_broker_has_a_name_and_perhaps_a_port(void **state)
{
	static const struct {
		const char *text, *host;
		long port;
		int rc;
	} cases[] = {
		{ "broker.lan", "broker.lan", 1883, 0 },
		{ "broker.lan:99", "broker.lan", 99, 0 },
		{ "[fe80::1]:99", "fe80::1", 99, 0 },
		{ "[fe80::1]", "fe80::1", 1883, 0 },
		{ "a-name-that-is-much-too-long", "", 0, ERR_CONFIG },
		{ "", "", 0, ERR_CONFIG },
		{ "broker:port", "", 0, ERR_CONFIG },
		{ "mqtt://broker", "", 0, ERR_CONFIG },
		{ "mqtt://broker:1883", "", 0, ERR_CONFIG },
		{ "broker:1883/", "", 0, ERR_CONFIG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		char host[16];
		long port;
		int rc = endpoint_split(cases[i].text, 1883, host, sizeof(host),
					&port, &e);

		check_int(cases[i].text, rc, cases[i].rc);
		if (rc < 0)
			continue;
		check_text(cases[i].text, host, cases[i].host);
		check_int(cases[i].text, port, cases[i].port);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(what_to_write_instead_is_said),
		cmocka_unit_test(a_broker_has_a_name_and_perhaps_a_port),
	};

	return cmocka_run_group_tests_name("endpoint", tests, NULL, NULL);
}
