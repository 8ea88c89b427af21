/*
 * bench_rrd RRD COUNT [DATABASE]: the plain way. Make an RRD file as p1rrd does
 * for electricity, and update it once for each step of 300 s. With a database,
 * a row every 10 s: commit it with a rollback journal, update the file, and let
 * the system write the file every 30 s, as Linux does.
 */
#define _GNU_SOURCE /* syncfs */
#include <fcntl.h>
#include <rrd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SOURCES = 8, FIRST = 1767571200 };

static int create(const char *path)
{
	static char source[SOURCES][32];
	const char *words[SOURCES + 6] = {
		[SOURCES] = "RRA:AVERAGE:0:1:10080",
		"RRA:AVERAGE:0:12:9600",
		"RRA:AVERAGE:0:288:3720",
		"RRA:MAX:0.999:1:10080",
		"RRA:MAX:0.999:12:9600",
		"RRA:MAX:0.999:288:3720",
	};

	for (int i = 0; i < SOURCES; i++) {
		snprintf(source[i], sizeof(source[i]), "DS:s%d:GAUGE:600:0:U",
			 i);
		words[i] = source[i];
	}
	return rrd_create_r(path, 300, FIRST, SOURCES + 6, words);
}

static int update(const char *path, int ts, int i)
{
	char text[128];
	const char *words[] = { text };

	snprintf(text, sizeof(text), "%d:%d:0:%d:0:%d:0:0:0", ts, i % 3000,
		 i % 4000, i % 3000);
	return rrd_update_r(path, NULL, 1, words);
}

static int insert(sqlite3 *db, int ts, int i)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
		 "INSERT INTO t VALUES (%d, %d, 0, 1000000, 2000000, 0, 0)", ts,
		 i % 3000);
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 0, rc = argc > 2 ? 0 : 64;
	int folder = open(argc > 2 ? argv[1] : ".", O_RDONLY | O_CREAT, 0644);
	sqlite3 *db = NULL;

	if (rc == 0)
		rc = create(argv[1]);
	if (rc == 0 && argc > 3)
		rc = sqlite3_open(argv[3], &db) ||
		     sqlite3_exec(
			     db,
			     "PRAGMA synchronous = FULL; CREATE TABLE "
			     "t (ts INTEGER PRIMARY KEY, a, b, c, d, e, f)",
			     NULL, NULL, NULL);
	for (int i = 1; rc == 0 && i <= count; i++) {
		int ts = FIRST + i * (db != NULL ? 10 : 300);

		rc = (db != NULL && insert(db, ts, i)) ||
		     update(argv[1], ts, i);
		if (db != NULL && i % 3 == 0)
			syncfs(folder);
	}
	sqlite3_close(db);
	close(folder);
	return rc;
}
