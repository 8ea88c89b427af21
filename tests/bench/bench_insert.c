/*
 * bench_insert FROM TO: insert the readings of the database FROM into the new
 * database TO, in the order of their keys and in transactions of 10,000 rows,
 * as plainly as SQLite allows. Print the microseconds of CPU that it took; the
 * rows are in memory before. A baseline for `p1logger --import`.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROWS = 10000, COLUMNS = 40, MOST = 4000000 };

static sqlite3 *from, *to;
static sqlite3_int64 *values; /* a row is its columns; INT64_MIN: NULL */

static sqlite3_stmt *prepare(sqlite3 *db, const char *format, const char *table)
{
	char *sql = sqlite3_mprintf(format, table);
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
		fprintf(stderr, "bench_insert: %s\n", sqlite3_errmsg(db));
		exit(70);
	}
	sqlite3_free(sql);
	return s;
}

static void create(const char *table)
{
	sqlite3_stmt *s = prepare(
		from, "SELECT sql FROM sqlite_master WHERE name = %Q", table);

	if (sqlite3_step(s) != SQLITE_ROW ||
	    sqlite3_exec(to, (const char *)sqlite3_column_text(s, 0), NULL,
			 NULL, NULL) != SQLITE_OK)
		exit(70);
	sqlite3_finalize(s);
}

static int load(const char *table, int *columns)
{
	sqlite3_stmt *s = prepare(from, "SELECT * FROM %s", table);
	int n = 0;

	*columns = sqlite3_column_count(s);
	while (*columns <= COLUMNS && n < MOST && sqlite3_step(s) == SQLITE_ROW)
		for (int c = 0; c < *columns; c++)
			values[n++] = sqlite3_column_type(s, c) == SQLITE_NULL
					      ? INT64_MIN
					      : sqlite3_column_int64(s, c);
	sqlite3_finalize(s);
	return *columns > 0 ? n / *columns : 0;
}

static sqlite3_stmt *prepare_insert(const char *table, int columns)
{
	char text[8 * COLUMNS] = "INSERT INTO %s VALUES (?";

	for (int c = 1; c < columns; c++)
		sqlite3_snprintf(sizeof(text), text, "%s, ?", text);
	sqlite3_snprintf(sizeof(text), text, "%s)", text);
	return prepare(to, text, table);
}

/* Not inlined: scripts/bench counts its instructions. */
__attribute__((noinline)) static double insert(const char *table, int rows,
					       int columns)
{
	sqlite3_stmt *s = prepare_insert(table, columns);
	const sqlite3_int64 *v = values;
	const clock_t began = clock();

	for (int r = 0; r < rows; r++) {
		if (r % ROWS == 0)
			sqlite3_exec(to, r ? "COMMIT; BEGIN" : "BEGIN", NULL,
				     NULL, NULL);
		for (int c = 1; c <= columns; c++, v++)
			if (*v == INT64_MIN)
				sqlite3_bind_null(s, c);
			else
				sqlite3_bind_int64(s, c, *v);
		sqlite3_step(s);
		sqlite3_reset(s);
	}
	sqlite3_exec(to, "COMMIT", NULL, NULL, NULL);
	sqlite3_finalize(s);
	return 1e6 * (double)(clock() - began) / CLOCKS_PER_SEC;
}

int main(int argc, char **argv)
{
	static const char *const tables[] = { "electricity", "phases", "mbus" };
	double us = 0;

	values = calloc(MOST, COLUMNS * sizeof(*values));
	if (argc != 3 || values == NULL ||
	    sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_open(argv[2], &to))
		return 64;
	sqlite3_exec(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
		     NULL, NULL, NULL);
	for (int t = 0; t < 3; t++) {
		int columns, rows;

		create(tables[t]);
		rows = load(tables[t], &columns);
		us += insert(tables[t], rows, columns);
	}
	printf("%.0f\n", us);
	sqlite3_close(from);
	sqlite3_close(to);
	return 0;
}
