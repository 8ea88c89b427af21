/* The OpenAPI document describes exactly the table of routes. */
#include <sqlite3.h>
#include <stdlib.h>

#include "tests/check.h"
#include "web/picture_job.h"
#include "web/response_body.h"
#include "web/routes.h"
#include "web/static_files.h"

struct openapi {
	sqlite3 *db;
	const char *text;
	size_t n;
	struct response_body *body;
};

static int setup(void **state)
{
	struct openapi *o = calloc(1, sizeof(*o));
	struct err e = { 0 };

	o->body = static_files_take("/api/v1/openapi.json", false, &e);
	assert_non_null(o->body);
	o->text = o->body->bytes;
	o->n = o->body->n;
	assert_int_equal(sqlite3_open(":memory:", &o->db), SQLITE_OK);
	*state = o;
	return 0;
}

static int teardown(void **state)
{
	struct openapi *o = *state;

	sqlite3_close(o->db);
	response_body_drop(o->body);
	static_files_close();
	free(o);
	return 0;
}

/* Ask a question about the document, ?1, and a word, ?2. */
static int count(struct openapi *o, const char *sql, const char *word)
{
	sqlite3_stmt *s;
	int n;

	assert_int_equal(sqlite3_prepare_v2(o->db, sql, -1, &s, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(s, 1, o->text, (int)o->n, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, word, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void each_route_is_described(void **state)
{
	size_t n = 0;

	for (const char *path; (path = routes_path(n)) != NULL; n++)
		if (count(*state,
			  "SELECT count(*) FROM json_each(?1, '$.paths')"
			  " WHERE key = ?2",
			  path) != 1)
			fail_msg("%s is not in openapi.json", path);
	assert_true(n > 10);
	/* The pictures and the WebSocket have no rows in the table. */
	assert_int_equal(count(*state,
			       "SELECT count(*)"
			       " FROM json_each(?1, '$.paths')",
			       ""),
			 n + 2);
}

static void each_picture_is_described(void **state)
{
	static const char each[] =
		"SELECT count(*) FROM json_each(?1, '$.paths.\"/graph/{name}"
		".png\".get.parameters[0].schema.enum')";
	struct openapi *o = *state;
	sqlite3_stmt *s;
	int n = 0;

	assert_int_equal(
		sqlite3_prepare_v2(o->db,
				   "SELECT '/graph/' || value || '.png' "
				   "FROM json_each(?1, '$.paths.\"/graph/{name}"
				   ".png\".get.parameters[0].schema.enum')",
				   -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_text(s, 1, o->text, (int)o->n, SQLITE_STATIC);
	for (; sqlite3_step(s) == SQLITE_ROW; n++)
		assert_true(picture_job_is(
			(const char *)sqlite3_column_text(s, 0)));
	sqlite3_finalize(s);
	assert_int_equal(n, count(o, each, ""));
	assert_int_equal(n, 24);
}

static void what_acts_needs_the_token(void **state)
{
	size_t i = 0;

	for (const char *path; (path = routes_path(i)) != NULL; i++)
		assert_int_equal(
			count(*state,
			      "SELECT count(*) FROM json_each(?1, '$.paths')"
			      " WHERE key = ?2 AND json_extract(value,"
			      " '$.get.security[0].token') IS NOT NULL",
			      path),
			routes_acts(path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_route_is_described),
		cmocka_unit_test(each_picture_is_described),
		cmocka_unit_test(what_acts_needs_the_token),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
