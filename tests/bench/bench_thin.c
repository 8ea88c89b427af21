/*
 * bench_thin DATABASE DAYS HOURS: thin its rows older than DAYS to every five
 * minutes, and phases to every hour, as the service does, in pieces of HOURS.
 * Print how many rows went, and the mean and the longest time of a piece: as
 * long as a reading may have to wait. As in the service, commits of readings move
 * the WAL into the file, here those of another connection.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/localday.h"
#include "base/utc.h"
#include "storage/db/db.h"
#include "storage/journal/journal.h"

static int64_t now_us(clockid_t of)
{
	struct timespec t;

	clock_gettime(of, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static struct journal *open_it(const char *path, int days, struct err *e)
{
	struct journal_options o = {
		.interval = 10,
		.timezone = "Europe/Amsterdam",
		.now = clock_utc(&clock_machine),
		.service = true,
		.commit_s = 300,
		.limits = { 55200, 55200, 10, 10, 200 },
	};

	o.keep.of[KEEP_ROWS] =
		(struct keep_rule){ days * (int64_t)DAY_S, KEEP_FINE_S };
	o.keep.of[KEEP_PHASES] =
		(struct keep_rule){ days * INT64_C(2) * DAY_S, KEEP_COARSE_S };
	return localday_use(o.timezone, e) < 0 ? NULL
					       : journal_open(path, &o, e);
}

int main(int argc, char **argv)
{
	int64_t rows = 0, pieces = 0, longest = 0, removed;
	const int64_t now = clock_utc(&clock_machine);
	struct err e = { 0 };
	struct journal *j;
	sqlite3 *other = NULL;
	int64_t over = 0, busy = 0, sum = 0;
	int rc = 1;

	if (argc != 4)
		return 64;
	j = open_it(argv[1], atoi(argv[2]), &e);
	if (j != NULL && db_open_writer(&other, argv[1], 1000, &e) < 0)
		return 70;
	for (; j != NULL && rc > 0; pieces++) {
		const int64_t from = now_us(CLOCK_MONOTONIC);
		const int64_t cpu = now_us(CLOCK_PROCESS_CPUTIME_ID);
		int64_t took;

		rc = journal_thin(j, now, atoi(argv[3]), &removed, &e);
		took = now_us(CLOCK_MONOTONIC) - from;
		busy += now_us(CLOCK_PROCESS_CPUTIME_ID) - cpu;
		sum += took;
		rows += removed;
		longest = took > longest ? took : longest;
		over += took > 20000;
		if (pieces % 12 == 11)
			db_checkpoint(other);
	}
	journal_close(j);
	db_close(other);
	if (rc < 0 || j == NULL) {
		fprintf(stderr, "bench_thin: %s\n", e.text);
		return 70;
	}
	printf("%" PRId64 " rows, %" PRId64 " pieces, mean %.2f ms (CPU %.2f), "
	       "longest %.1f ms, %" PRId64 " over 20 ms\n",
	       rows, pieces, (double)sum / 1e3 / (double)pieces,
	       (double)busy / 1e3 / (double)pieces, (double)longest / 1e3,
	       over);
	return 0;
}
