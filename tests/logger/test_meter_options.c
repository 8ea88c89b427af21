#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "logger/meter_options.h"
#include "tests/check.h"

static char folder[64] = "/tmp/meter-options-XXXXXX";

static void put(const char *name, const char *text, mode_t mode)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
}

#define KEY "000102030405060708090a0B0C0D0E0F"

static int begin(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	put("key", KEY, 0600);
	put("line", KEY "\r\n", 0400);
	put("world", KEY, 0604);
	put("short", "0001020304", 0600);
	put("long", KEY "00", 0600);
	put("empty", "", 0600);
	return 0;
}

static int end(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void set_path(char *path, const char *name)
{
	path[0] = '\0';
	if (name[0] != '\0')
		snprintf(path, SETTING_PATH, "%s/%s", folder, name);
}

static void keys_come_from_files_of_their_own(void **state)
{
	static const struct {
		const char *name, *key, *auth;
		int rc;
		bool has_keys, has_auth;
		const char *says;
	} cases[] = {
		{ "none", "", "", 0, false, false, "" },
		{ "one", "key", "", 0, true, false, "" },
		{ "both", "key", "line", 0, true, true, "" },
		{ "auth alone", "", "key", ERR_CONFIG, false, false,
		  "needs a key_file" },
		{ "no file", "nothing", "", ERR_CONFIG, false, false,
		  "/nothing: No such file" },
		{ "all may read", "key", "world", ERR_CONFIG, false, false,
		  "/world: everybody can read it too" },
		{ "short", "short", "", ERR_CONFIG, false, false, "32" },
		{ "long", "long", "", ERR_CONFIG, false, false, "32" },
		{ "empty", "empty", "", ERR_CONFIG, false, false, "32" },
		{ "a folder", ".", "", ERR_CONFIG, false, false, "not a file" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct all_settings s = { 0 };
		struct meter_options h;
		struct err e = { 0 };

		set_path(s.key_file, cases[i].key);
		set_path(s.auth_key_file, cases[i].auth);
		check_int(cases[i].name, meter_options_load(&h, &s, &e),
			  cases[i].rc);
		check_int(cases[i].name, h.has_keys, cases[i].has_keys);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].name, e.text);
		if (strstr(e.text, "0001") != NULL)
			fail_msg("%s: a key is told: %s", cases[i].name,
				 e.text);
		if (!h.has_keys)
			continue;
		check_int(cases[i].name, h.keys.has_auth, cases[i].has_auth);
		check_int(cases[i].name, h.keys.key[15], 15);
		check_int(cases[i].name,
			  meter_options_options(&h).keys == &h.keys, 1);
	}
}

static void the_offset_is_in_hours(void **state)
{
	static const struct {
		const char *text;
		int rc, base;
	} cases[] = {
		{ "2", 0, 7200 },
		{ "+1", 0, 3600 },
		{ "0", 0, 0 },
		{ "-3.5", 0, -12600 },
		{ "14", 0, 50400 },
		{ "15", ERR_CONFIG, 0 },
		{ "two", ERR_CONFIG, 0 },
		{ "-", ERR_CONFIG, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct all_settings s = { 0 };
		struct meter_options h;
		struct err e;

		snprintf(s.utc_offset, sizeof(s.utc_offset), "%s",
			 cases[i].text);
		check_int(cases[i].text, meter_options_load(&h, &s, &e),
			  cases[i].rc);
		if (cases[i].rc < 0)
			continue;
		check_int(cases[i].text, meter_options_options(&h).base_known,
			  true);
		check_int(cases[i].text, meter_options_options(&h).base,
			  cases[i].base);
	}
}

static void one_meter_is_not_named_twice(void **state)
{
	static const struct {
		const char *house, *also;
		int rc;
	} cases[] = {
		{ "", "", 0 },
		{ "", "4241, 4341", 0 },
		{ "4141", "4241 4341", 0 },
		{ "4141", "4241,4141", ERR_CONFIG },
		{ "AA", "aa", ERR_CONFIG },
		{ "AA", "4141", ERR_CONFIG }, /* "AA" in hexadecimal */
		{ "4a4B", "jk,JK", ERR_CONFIG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct all_settings s = { 0 };
		struct meter_options h;
		struct err e = { 0 };

		snprintf(s.identifier, sizeof(s.identifier), "%s",
			 cases[i].house);
		snprintf(s.also, sizeof(s.also), "%s", cases[i].also);
		check_int(cases[i].also, meter_options_load(&h, &s, &e),
			  cases[i].rc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_come_from_files_of_their_own),
		cmocka_unit_test(the_offset_is_in_hours),
		cmocka_unit_test(one_meter_is_not_named_twice),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
