/* Connection strings of PostgreSQL, as far as the settings need them. */
#include "base/server_string.h"
#include "base/span.h"
#include "tests/check.h"

static void a_password_is_found(void **state)
{
	static const struct {
		const char *text;
		bool has;
	} cases[] = {
		{ "", false },
		{ "host=db.example.org dbname=fleet", false },
		{ "host=db password=secret", true },
		{ "host=db PassWord = 'se cret'", true },
		{ "host=db sslpassword=secret", true },
		{ "host=password dbname=passwords", false },
		{ "host=db passfile=/etc/pgpass", false },
		{ "postgresql://db.example.org/fleet", false },
		{ "postgresql://home@db.example.org/fleet", false },
		{ "postgresql://home@db:5432/fleet?sslmode=require", false },
		{ "postgresql://home:secret@db/fleet", true },
		{ "postgres://home:secret@[::1]:5432/fleet", true },
		{ "postgresql://[::1]:5432/fleet@x", false },
		{ "postgresql://db/fleet?password=secret", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].text,
			  server_string_has_password(cases[i].text),
			  cases[i].has);
}

static void this_machine_is_known(void **state)
{
	static const struct {
		const char *hosts;
		bool local;
	} cases[] = {
		{ "", true },
		{ "/var/run/postgresql", true },
		{ "@abstract", true },
		{ "localhost", true },
		{ "127.0.0.1", true },
		{ "127.1.2.3", true },
		{ "::1", true },
		{ "db.example.org", false },
		{ "localhost.example.org", false },
		{ "192.168.1.7", false },
		{ "localhost,/run", true },
		{ "localhost,db.example.org", false },
		{ "db.example.org,localhost", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_int(cases[i].hosts,
			  server_string_is_local(cases[i].hosts),
			  cases[i].local);
}

static void settings_are_checked(void **state)
{
	static const struct {
		const char *server;
		long interval;
		const char *wrong; /* NULL: right */
	} cases[] = {
		{ "host=db", 300, NULL },
		{ "", 300, NULL },
		{ "host=db", 60, NULL },
		{ "host=db", 900, NULL },
		{ "host=db", 3600, NULL },
		{ "host=db", 700, "[fleet] interval" },
		{ "host=db", 1800, NULL },
		{ "host=db", 30, "[fleet] interval" },
		{ "password=x", 300, "[fleet] server contains a password" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int rc = server_string_check(cases[i].server, cases[i].interval,
					     &e);

		check_int(cases[i].server, rc,
			  cases[i].wrong != NULL ? ERR_CONFIG : 0);
		if (cases[i].wrong != NULL)
			check_int(e.text,
				  strstr(e.text, cases[i].wrong) == e.text, 1);
		if (cases[i].wrong != NULL)
			check_int("the secret stays",
				  strstr(e.text, "=x") == NULL, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_is_found),
		cmocka_unit_test(this_machine_is_known),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
