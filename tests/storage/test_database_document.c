/*
 * docs/database.md describes the database, and its queries work. Run from the
 * top of the tree, as make does.
 */
#include "tests/storage/db_fixture.h"

#define DOCUMENT "docs/database.md"
#define NOW "2026-11-21T12:00:00Z"

enum { FROM_BEGIN_S = 690 * 86400 };

/* For queries that use 'now' the time is fixed. */
static int time_of_test(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms)
{
	static const sqlite3_int64 day0_ms = 210866760000000;

	(void)vfs;
	*julian_ms = day0_ms + at(NOW) * 1000;
	return SQLITE_OK;
}

static void stop_the_clock(void)
{
	static sqlite3_vfs vfs;

	vfs = *sqlite3_vfs_find(NULL);
	vfs.zName = "stopped";
	vfs.xCurrentTimeInt64 = time_of_test;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		fail_msg("no clock");
}

static char *read_document(void)
{
	FILE *f = fopen(DOCUMENT, "r");
	char *text = calloc(1, 100000);

	if (f == NULL || text == NULL || fread(text, 1, 99999, f) == 0)
		fail_msg("cannot read %s", DOCUMENT);
	fclose(f);
	return text;
}

static struct reading hour_of(int64_t begin, int i)
{
	int64_t ts = begin + (int64_t)i * 3600;
	struct reading r = reading_of("4530303435303034303436393339353137", ts,
				      300 * i, 200 * i);

	with(&r, Q_EXPORT_T1, 50 * i);
	with(&r, Q_EXPORT_T2, 60 * i);
	with(&r, Q_POWER_IMPORT, 300 + i % 7);
	with(&r, Q_POWER_EXPORT, 0);
	with(&r, Q_TARIFF, 1 + i % 2);
	with(&r, Q_VOLTAGE_L1, 230000 + i % 900);
	with(&r, Q_POWER_FAILURES, 3);
	with(&r, Q_BREAKER, 1);
	with(&r, Q_DEMAND_AVERAGE, 400);
	with_gas(&r, 1, "4730303332353635353438333236323137", ts, 100 * i);
	r.message = SPAN("303132");
	r.raw = SPAN("/TST5\\2TEST\r\n\r\n1-0:14.7.0(49.98*Hz)\r\n!\r\n");
	r.failures = r.peaks = 1;
	r.failure[0].end = r.peak[0].time =
		(struct timestamp){ .kind = TIMESTAMP_UTC, .utc = begin };
	r.failure[0].seconds = 301;
	r.peak[0].month_end =
		(struct timestamp){ .kind = TIMESTAMP_UTC,
				    .utc = at("2026-05-31T22:00:00Z") };
	r.peak[0].w = 4321;
	return r;
}

/* Fill nearly two years of everything, with one night missing. */
static void furnish(struct db_fixture *h)
{
	int64_t begin = at(NOW) - FROM_BEGIN_S;

	db_fixture_new(h);
	db_fixture_close(h);
	h->options.extra = "1-0:14.7.0";
	db_fixture_open(h);
	for (int i = 0; i <= FROM_BEGIN_S / 3600; i++) {
		struct reading r = hour_of(begin, i);

		if (i < 7008 || i > 7020)
			take(h, &r);
		if (i == 4000) { /* and once the counters show 0 */
			commit(h);
			memset(r.value, 0, sizeof(r.value));
			take(h, &r);
		}
	}
	commit(h);
}

/* Cut the next block of SQL off the front of *rest; NULL: none left. */
static char *next_block(char **rest)
{
	static const char open[] = "```sql\n", close[] = "```";
	char *begin = strstr(*rest, open), *end;

	if (begin == NULL)
		return NULL;
	begin += strlen(open);
	end = strstr(begin, close);
	if (end == NULL)
		fail_msg("a block does not end: %.60s", begin);
	*end = '\0';
	*rest = end + strlen(close);
	return begin;
}

static void its_questions_have_answers(void **state)
{
	char *text = read_document(), *rest = text, *sql;
	struct db_fixture h;
	int n = 0;

	(void)state;
	stop_the_clock();
	furnish(&h);
	while ((sql = next_block(&rest)) != NULL) {
		const char *answer = ask(&h, sql);

		if (strspn(answer, "|\n") == strlen(answer))
			fail_msg("no answer to: %s", sql);
		if (strstr(answer, "||") != NULL)
			fail_msg("half an answer to: %s\n%.400s", sql, answer);
		n++;
	}
	check_int("ten at least", n >= 10, 1);
	db_fixture_gone(&h);
	free(text);
}

static void an_answer_is_right(void **state)
{
	struct db_fixture h;

	(void)state;
	stop_the_clock();
	furnish(&h);
	check_sql(
		&h,
		"SELECT day, import_kwh, export_kwh, gas_m3, gap_s FROM daily "
		"WHERE day = date('now', 'localtime', 'weekday 0', '-7 days')",
		"2026-11-15|12.0|2.64|2.4|0");
	db_fixture_gone(&h);
}

static void names_every_column(void **state)
{
	char *text = read_document(), *list, *save = NULL;
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	list = strdup(ask(&h, "SELECT m.name || '.' || c.name FROM "
			      "sqlite_schema AS m, pragma_table_info(m.name) "
			      "AS c WHERE m.type IN ('table', 'view')"));
	for (char *name = strtok_r(list, "\n", &save); name != NULL;
	     name = strtok_r(NULL, "\n", &save)) {
		char *dot = strchr(name, '.'), quoted[128];

		*dot = '\0';
		snprintf(quoted, sizeof(quoted), "`%s`", name);
		if (strstr(text, quoted) == NULL)
			fail_msg("%s has no word of %s", DOCUMENT, name);
		snprintf(quoted, sizeof(quoted), "`%s`", dot + 1);
		if (strstr(dot + 1, "_offset") == NULL &&
		    strstr(dot + 1, "_seen") == NULL &&
		    strstr(text, quoted) == NULL)
			fail_msg("%s has no word of %s.%s", DOCUMENT, name,
				 dot + 1);
	}
	free(list);
	free(text);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_questions_have_answers),
		cmocka_unit_test(an_answer_is_right),
		cmocka_unit_test(names_every_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
