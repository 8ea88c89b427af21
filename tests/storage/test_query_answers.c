/* Answers as text, and the memory for them. */
#include <sqlite3.h>
#include <stdlib.h>

#include "storage/history/query_cache.h"
#include "storage/history/query_format.h"
#include "tests/check.h"

/* Whatever is visible, or a control character, is written as SQLite does. */
static void text_is_escaped_as_sqlite_does(void **state)
{
	char all[128];
	struct query_format w = { 0 };
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;

	(void)state;
	for (int c = 1; c < 127; c++)
		all[c - 1] = (char)c;
	all[126] = '\0';
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT json_quote(?1)", -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_text(s, 1, all, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	query_format_text(&w, SPAN(""), span_of(all));
	assert_int_equal(w.n, strlen((const char *)sqlite3_column_text(s, 0)));
	assert_memory_equal(w.text, sqlite3_column_text(s, 0), w.n);
	free(w.text);
	sqlite3_finalize(s);
	sqlite3_close(db);
}

static void what_cannot_be_seen_is_escaped(void **state)
{
	static const char want[] =
		"{\"a\":\"\\u007f\\u202e\xC3\xA9\\u00ff\"},\n"
		"{\"b\":-5,\"c\":0.16}";
	struct query_format w = { 0 };

	(void)state;
	query_format_open(&w);
	query_format_text(&w, SPAN("a"), SPAN("\x7F\xE2\x80\xAE\xC3\xA9\xFF"));
	query_format_unknown(&w);
	query_format_close(&w);
	query_format_open(&w);
	query_format_whole(&w, SPAN("b"), -5);
	query_format_thousandths(&w, SPAN("c"), 160);
	query_format_close(&w);
	assert_int_equal(w.n, sizeof(want) - 1);
	assert_memory_equal(w.text, want, w.n);
	free(w.text);
}

/* A cell longer than all rooms so far, with escapes that make it longer. */
static void long_cells_fit(void **state)
{
	enum { LENGTH = 100000 };
	struct query_format w = { .csv = true };
	char *text = malloc(LENGTH);

	(void)state;
	assert_non_null(text);
	memset(text, '\n', LENGTH);
	query_format_text(&w, SPAN("a"), (struct span){ text, LENGTH });
	assert_int_equal(w.n, 4 * LENGTH);
	w.csv = false;
	query_format_text(&w, SPAN("a"), (struct span){ text, LENGTH });
	assert_int_equal(w.n, 4 * LENGTH + 2 * LENGTH + strlen(",\"a\":\"\""));
	free(text);
	free(w.text);
}

static void keep(struct query_cache *m, const struct query_question *to,
		 size_t n)
{
	char *text = calloc(n, 1);

	assert_non_null(text);
	query_cache_keep(m, to, text, n);
}

static void an_answer_is_for_its_version(void **state)
{
	struct query_question to = { "SELECT 1", { 1, 2, 3 }, false, 7 }, other;
	struct query_cache m = { 0 };
	struct span text;

	(void)state;
	assert_false(query_cache_find(&m, &to, &text));
	keep(&m, &to, 10);
	assert_true(query_cache_find(&m, &to, &text));
	assert_int_equal(text.n, 10);
	other = to;
	other.csv = true;
	assert_false(query_cache_find(&m, &other, &text));
	other = to;
	other.v[1]++;
	assert_false(query_cache_find(&m, &other, &text));
	to.version++;
	assert_false(query_cache_find(&m, &to, &text));
	keep(&m, &to, 11);
	assert_true(query_cache_find(&m, &to, &text));
	assert_int_equal(text.n, 11);
	query_cache_clear(&m);
	assert_false(query_cache_find(&m, &to, &text));
}

static void its_size_is_bounded(void **state)
{
	struct query_question to = { "SELECT 1", { 0 }, false, 1 };
	struct query_cache m = { 0 };
	struct span text;
	size_t n = 0;

	(void)state;
	for (to.v[0] = 0; to.v[0] < 100; to.v[0]++)
		keep(&m, &to, QUERY_ANSWERS_SIZE / 3);
	for (to.v[0] = 0; to.v[0] < 100; to.v[0]++)
		n += query_cache_find(&m, &to, &text);
	assert_int_equal(n, 3);
	keep(&m, &to, QUERY_ANSWERS_SIZE + 1);
	assert_false(query_cache_find(&m, &to, &text));
	query_cache_clear(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped_as_sqlite_does),
		cmocka_unit_test(what_cannot_be_seen_is_escaped),
		cmocka_unit_test(long_cells_fit),
		cmocka_unit_test(an_answer_is_for_its_version),
		cmocka_unit_test(its_size_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
