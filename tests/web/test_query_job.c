/* A question becomes text, and text a question. */
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "tests/check.h"
#include "web/query_job.h"
#include "web/words.h"

/*
 * Find a parameter in decoded name=value pairs, like those of a query string.
 */
static const char *given(void *ctx, const char *name, char *buf, int size)
{
	const char *const *pair = ctx;

	for (; *pair != NULL; pair++)
		if (strncmp(*pair, name, strlen(name)) == 0) {
			snprintf(buf, (size_t)size, "%s", *pair + strlen(name));
			return buf;
		}
	return NULL;
}

static int key_of(const char *const *pairs, char key[JOB_KEY])
{
	struct request r = { .path = "/api/v1/history",
			     .arg = given,
			     .ctx = (void *)pairs,
			     .words = words_named("en") };
	struct err e;

	return query_job_key(&r, key, &e);
}

static const char *said(const struct query_job *q, const char *name)
{
	static char buf[64];

	return q->request.arg(q->request.ctx, name, buf, sizeof(buf));
}

static void one_question_is_one_text(void **state)
{
	const char *const one[] = { "to=2027", "from=2026", NULL };
	const char *const other[] = { "x=1",	 "from=2026", "step=",
				      "to=2027", "from=2025", NULL };
	char a[JOB_KEY], b[JOB_KEY];

	(void)state;
	assert_int_equal(key_of(one, a), 0);
	assert_int_equal(key_of(other, b), 0);
	assert_string_equal(a, b);
	assert_string_equal(a, "/api/v1/history\nfrom=2026\nto=2027");
}

static void read_back(void **state)
{
	const char *const pairs[] = { "from=2026", "resolution=hour",
				      "format=csv", NULL };
	char key[JOB_KEY];
	struct query_job q;

	(void)state;
	assert_int_equal(key_of(pairs, key), 0);
	query_job_read(&q, key);
	assert_string_equal(q.request.path, "/api/v1/history");
	assert_string_equal(said(&q, "from="), "2026");
	assert_string_equal(said(&q, "resolution="), "hour");
	assert_string_equal(said(&q, "format="), "csv");
	assert_null(said(&q, "to="));
	query_job_read(&q, "/health");
	assert_string_equal(q.request.path, "/health");
	assert_null(said(&q, "from="));
}

/* A value cannot look like another parameter. */
static void a_line_end_is_part_of_its_value(void **state)
{
	const char *const pairs[] = { "from=2026\nto=2027", NULL };
	char key[JOB_KEY];
	struct query_job q;

	(void)state;
	assert_int_equal(key_of(pairs, key), 0);
	query_job_read(&q, key);
	assert_string_equal(said(&q, "from="), "2026?to=2027");
	assert_null(said(&q, "to="));
}

/* What the client accepts is part of the question, but no parameter is. */
static void what_the_client_accepts(void **state)
{
	const char *const pairs[] = { "from=2026", "language=nl", "gzip=1",
				      NULL };
	struct request r = { .path = "/plain",
			     .arg = given,
			     .ctx = (void *)pairs,
			     .words = words_named("en") };
	char key[JOB_KEY];
	struct query_job q;
	struct err e;

	(void)state;
	assert_int_equal(query_job_key(&r, key, &e), 0);
	query_job_read(&q, key);
	assert_false(q.request.gzip);
	assert_ptr_equal(q.request.words, words_named("en"));
	r.gzip = true;
	r.words = words_named("nl");
	assert_int_equal(query_job_key(&r, key, &e), 0);
	query_job_read(&q, key);
	assert_true(q.request.gzip);
	assert_ptr_equal(q.request.words, words_named("nl"));
	assert_string_equal(said(&q, "from="), "2026");
}

static void longer_than_any_question(void **state)
{
	static const char nines[] = "9999999999999999999999999999999999999999"
				    "9999999999999999999";
	char text[5][80];
	const char *all[] = {
		text[0], text[1], text[2], text[3], text[4], NULL
	};
	const char *const *last = all + 4;
	char key[JOB_KEY];

	(void)state;
	snprintf(text[0], 80, "from=%s", nines);
	snprintf(text[1], 80, "to=%s", nines);
	snprintf(text[2], 80, "step=%s", nines);
	snprintf(text[3], 80, "res=%s", nines);
	snprintf(text[4], 80, "format=%s", nines);
	assert_int_equal(key_of(last, key), 0);
	assert_int_equal(key_of(all, key), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_question_is_one_text),
		cmocka_unit_test(read_back),
		cmocka_unit_test(a_line_end_is_part_of_its_value),
		cmocka_unit_test(what_the_client_accepts),
		cmocka_unit_test(longer_than_any_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
