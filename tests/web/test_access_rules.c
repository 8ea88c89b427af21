/* Access checks: names, origins, tokens, rates. */
#include <stdio.h>
#include <string.h>

#include "tests/check.h"
#include "web/access_rules.h"

static void hosts(void **state)
{
	static const struct {
		const char *host;
		bool fine;
	} cases[] = {
		{ "127.0.0.1", true },
		{ "127.0.0.1:5002", true },
		{ "192.168.1.5:80", true },
		{ "[::1]", true },
		{ "[::1]:5002", true },
		{ "localhost", true },
		{ "LOCALHOST:5002", true },
		{ "meter.home", true },
		{ "pi:5002", true },
		{ "", false },
		{ ":", false },
		{ ":5002", false },
		{ "pi:", false },
		{ "pi:x", false },
		{ "pi:123456", false },
		{ "p", false },
		{ "pi.evil.org", false },
		{ "evil.pi", false },
		{ "127.0.0.1.evil.org", false },
		{ "[::1", false },
		{ "[::1]x", false },
		{ "[]", false },
		{ "[127.0.0.1]", false },
		{ "::1", false },
		{ "1.2.3", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (access_rules_host(span_of(cases[i].host),
				      "meter.home, pi") != cases[i].fine)
			fail_msg("'%s'", cases[i].host);
	assert_false(access_rules_host(span_of("pi"), ""));
}

/* As a browser sends it, on a machine called meter. */
static void own_names(void **state)
{
	static const struct {
		const char *host;
		bool fine;
	} cases[] = {
		{ "meter", true },
		{ "meter:5002", true },
		{ "METER.local:5002", true },
		{ "meter.lan", true },
		{ "meter.home", true },
		{ "meter.home.arpa", true },
		{ "meter.internal", true },
		{ "meter.localdomain", true },
		{ "meter.fritz.box", true },
		{ "energy.example.org", true },
		{ "", false },
		{ "lan", false },
		{ ".lan", false },
		{ "meter.", false },
		{ "meter.arpa", false },
		{ "meter.example.org", false },
		{ "meter.lan.example.org", false },
		{ "other.lan", false },
		{ "xmeter.lan", false },
	};
	char names[1000], small[20];

	(void)state;
	access_rules_own_names(names, sizeof(names), "meter",
			       "energy.example.org");
	for (size_t i = 0; i < COUNT(cases); i++)
		if (access_rules_host(span_of(cases[i].host), names) !=
		    cases[i].fine)
			fail_msg("'%s'", cases[i].host);
	access_rules_own_names(small, sizeof(small), "meter", "more");
	assert_int_equal(strlen(small), sizeof(small) - 1);
}

/* A machine whose name has a domain is also known without it. */
static void own_name_with_a_domain(void **state)
{
	char names[2000];

	(void)state;
	access_rules_own_names(names, sizeof(names), "meter.my.home", "");
	assert_true(access_rules_host(SPAN("meter.my.home"), names));
	assert_true(access_rules_host(SPAN("meter"), names));
	assert_true(access_rules_host(SPAN("meter.lan:5002"), names));
	assert_false(access_rules_host(SPAN("meter.my"), names));
	access_rules_own_names(names, sizeof(names), "", "");
	assert_false(access_rules_host(SPAN(".lan"), names));
	assert_true(access_rules_host(SPAN("localhost"), names));
}

static void names_to_show(void **state)
{
	static const char *const cases[][2] = {
		{ "meter.example:5002", "meter.example" },
		{ "pi_1-a", "pi_1-a" },
		{ "", "" },
		{ "[::1]:5002", "" },
		{ "<b>", "" },
		{ "a b", "" },
		{ "m\303\251ter", "" },
	};
	char text[400];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(text, sizeof(text), "%.*s",
			 SPAN_ARG(access_rules_name(span_of(cases[i][0]))));
		check_text(cases[i][0], text, cases[i][1]);
	}
	memset(text, 'a', sizeof(text));
	assert_int_equal(access_rules_name((struct span){ text, 300 }).n, 0);
}

static void long_host(void **state)
{
	char host[600];

	(void)state;
	memset(host, '1', sizeof(host));
	host[0] = '[';
	host[sizeof(host) - 1] = ']';
	assert_false(
		access_rules_host((struct span){ host, sizeof(host) }, ""));
}

static void origins(void **state)
{
	struct span host = SPAN("pi:5002");

	(void)state;
	assert_true(access_rules_origin(SPAN("http://pi:5002"), host));
	assert_true(access_rules_origin(SPAN("https://PI:5002"), host));
	assert_false(access_rules_origin(SPAN("http://pi"), host));
	assert_false(access_rules_origin(SPAN("http://pi:5002/"), host));
	assert_false(
		access_rules_origin(SPAN("http://pi:5002.evil.org"), host));
	assert_false(access_rules_origin(SPAN("null"), host));
	assert_false(access_rules_origin(SPAN(""), host));
	assert_false(access_rules_origin(SPAN("file://pi:5002"), host));
}

static void tokens(void **state)
{
	struct span token = SPAN("0123456789abcdef");

	(void)state;
	assert_true(access_rules_token(SPAN("Bearer 0123456789abcdef"), token));
	assert_true(access_rules_token(SPAN("bearer 0123456789abcdef"), token));
	assert_false(access_rules_token(SPAN("Bearer 0123456789abcde"), token));
	assert_false(
		access_rules_token(SPAN("Bearer 0123456789abcdef0"), token));
	assert_false(access_rules_token(
		SPAN("Bearer 0123456789abcdef0123456789abcdef"), token));
	assert_false(
		access_rules_token(SPAN("Bearer 0123456789abcdeF"), token));
	assert_false(access_rules_token(SPAN("Bearer "), token));
	assert_false(access_rules_token(SPAN("Basic 0123456789abcdef"), token));
	assert_false(access_rules_token(SPAN(""), token));
	assert_false(access_rules_token(SPAN("Bearer "), SPAN("")));
}

static void cookies(void **state)
{
	struct span token = SPAN("0123456789abcdef");

	(void)state;
	assert_true(access_rules_cookie(SPAN("p1web=0123456789abcdef"), token));
	assert_true(access_rules_cookie(
		SPAN("a=b; p1web=0123456789abcdef; c=d"), token));
	assert_true(access_rules_cookie(SPAN("p1web=x; p1web=0123456789abcdef"),
					token));
	assert_false(access_rules_cookie(SPAN("p1web=0123456789abcde"), token));
	assert_false(
		access_rules_cookie(SPAN("p1webx=0123456789abcdef"), token));
	assert_false(
		access_rules_cookie(SPAN("a=p1web=0123456789abcdef"), token));
	assert_false(access_rules_cookie(SPAN("p1web="), token));
	assert_false(access_rules_cookie(SPAN(""), token));
	assert_false(access_rules_cookie(SPAN("p1web="), SPAN("")));
}

static void forms(void **state)
{
	struct span token = SPAN("0123456789abcd+/");

	(void)state;
	assert_true(
		access_rules_form(SPAN("token=0123456789abcd%2B%2f"), token));
	assert_true(access_rules_form(SPAN("a=b&token=0123456789abcd%2B%2F&c"),
				      token));
	assert_true(
		access_rules_form(SPAN("token=%30123456789abcd%2B/"), token));
	assert_false(access_rules_form(SPAN("token=0123456789abcd+/"), token));
	assert_false(
		access_rules_form(SPAN("token=0123456789abcd%2B%2"), token));
	assert_false(
		access_rules_form(SPAN("token=0123456789abcd%2B%"), token));
	assert_false(access_rules_form(SPAN("token="), token));
	assert_false(access_rules_form(SPAN("token"), token));
	assert_false(access_rules_form(SPAN("&&="), token));
	assert_false(access_rules_form(SPAN(""), token));
	assert_false(access_rules_form(SPAN("token="), SPAN("")));
}

static void rates(void **state)
{
	static struct access_rules_rate r = { .per_s = 2 };
	struct span a = SPAN("10.0.0.1"), b = SPAN("10.0.0.2");

	(void)state;
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 1000));
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 1000));
	assert_false(access_rules_rate_take(&r, access_rules_who(a), 1000));
	assert_true(access_rules_rate_take(&r, access_rules_who(b), 1000));
	assert_false(access_rules_rate_take(&r, access_rules_who(a), 1499));
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 1500));
	assert_false(access_rules_rate_take(&r, access_rules_who(a), 1500));
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 100000));
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 100000));
	assert_false(access_rules_rate_take(&r, access_rules_who(a), 100000));
	r.per_s = 0;
	assert_true(access_rules_rate_take(&r, access_rules_who(a), 100000));
}

static void clients(void **state)
{
	uint64_t a = access_rules_who(SPAN("10.0.0.1"));

	(void)state;
	assert_true(a != 0);
	assert_true(a == access_rules_who(SPAN("10.0.0.1")));
	assert_true(a != access_rules_who(SPAN("10.0.0.2")));
	/* IPv6: the network of a house is one client, ... */
	assert_true(access_rules_who(SPAN("2001:db8::1")) ==
		    access_rules_who(SPAN("2001:db8:0:0:ffff::2")));
	assert_true(access_rules_who(SPAN("2001:db8::1")) !=
		    access_rules_who(SPAN("2001:db8:0:1::1")));
	/* ... and an IPv4 address within IPv6 is another. */
	assert_true(access_rules_who(SPAN("::ffff:10.0.0.1")) !=
		    access_rules_who(SPAN("::ffff:10.0.0.2")));
}

static bool foreign(struct span site, struct span mode, struct span dest)
{
	return access_rules_foreign(site, mode, dest, false);
}

static void foreign_pages(void **state)
{
	struct span none = SPAN(""), navigate = SPAN("navigate"),
		    document = SPAN("document"), image = SPAN("image");

	(void)state;
	/* curl, or a browser over http. */
	assert_false(foreign(none, none, none));
	assert_false(foreign(SPAN("none"), navigate, document));
	assert_false(foreign(SPAN("same-origin"), SPAN("cors"), SPAN("empty")));
	assert_true(foreign(SPAN("cross-site"), SPAN("no-cors"), image));
	assert_true(foreign(SPAN("same-site"), SPAN("no-cors"), image));
	assert_true(foreign(SPAN("cross-site"), none, none));
	/* A person follows a link, or a page has a frame. */
	assert_false(foreign(SPAN("cross-site"), navigate, document));
	assert_true(foreign(SPAN("cross-site"), navigate, SPAN("iframe")));
	/* One site may have one, and nothing else. */
	assert_false(access_rules_foreign(SPAN("cross-site"), navigate,
					  SPAN("iframe"), true));
	assert_false(access_rules_foreign(SPAN("same-site"), navigate,
					  SPAN("iframe"), true));
	assert_true(access_rules_foreign(SPAN("cross-site"), navigate,
					 SPAN("object"), true));
	assert_true(access_rules_foreign(SPAN("cross-site"), SPAN("no-cors"),
					 SPAN("iframe"), true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts),
		cmocka_unit_test(long_host),
		cmocka_unit_test(origins),
		cmocka_unit_test(tokens),
		cmocka_unit_test(rates),
		cmocka_unit_test(cookies),
		cmocka_unit_test(forms),
		cmocka_unit_test(clients),
		cmocka_unit_test(foreign_pages),
		cmocka_unit_test(own_names),
		cmocka_unit_test(own_name_with_a_domain),
		cmocka_unit_test(names_to_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
