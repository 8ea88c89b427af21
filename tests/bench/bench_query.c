/*
 * bench_query DATABASE TIMES SQL: run the query once, then TIMES more on the
 * same connection, and print the microseconds that each of these took.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);

	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(s)) == SQLITE_ROW)
			;
	sqlite3_finalize(s);
	return rc;
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e6 * (double)t.tv_sec + (double)t.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
	int times = argc == 4 ? atoi(argv[2]) : 0;
	sqlite3 *db = NULL;
	double began;

	if (times <= 0)
		return 64;
	if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) ||
	    ask(db, argv[3]) != SQLITE_DONE) {
		fprintf(stderr, "bench_query: %s\n", sqlite3_errmsg(db));
		return 70;
	}
	began = now_us();
	for (int i = 0; i < times; i++)
		ask(db, argv[3]);
	printf("%.1f\n", (now_us() - began) / times);
	sqlite3_close(db);
	return 0;
}
