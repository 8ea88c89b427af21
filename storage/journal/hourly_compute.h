/*
 * Compute the counters at the boundaries of local time: at each local hour from
 * that of the first reading to that of the newest, and at both ends of the
 * days, months and years of these two. A local year without a reading has only
 * its start.
 */
#ifndef STORAGE_JOURNAL_HOURLY_COMPUTE_H
#define STORAGE_JOURNAL_HOURLY_COMPUTE_H

#include "storage/history/interpolation.h"
#include "storage/history/series_extent.h"

enum { BOUNDARY_HOUR = 24 };

struct boundary {
	int64_t ts;
	/*
	 * "2026-10-25 02:00"; the hour that occurs twice in autumn has its
	 * offset the second time, "2026-10-25 02:00+01:00".
	 */
	char hour[BOUNDARY_HOUR];
	uint32_t have; /* bit s: counter[s] is known */
	int64_t counter[SERIES_COUNT];
	int64_t gap_s[MEDIUM_COUNT]; /* -1: the medium has no reading */
	bool is_stored; /* set by the writer: the same row is in the table */
};

struct boundary_list {
	struct boundary *at; /* in order of time; owned */
	size_t n, room;
};

/* The instants strictly between two: INT64_MIN and INT64_MAX are open ends. */
struct boundary_range {
	int64_t after, before;
};

enum hourly_query {
	HOURLY_DAYS,  /* days of years with readings */
	HOURLY_DAY,   /* the day of an instant */
	HOURLY_SPANS, /* its start and end, and those of its month */
	HOURLY_YEARS, /* start and end of years */
	HOURLY_QUERIES
};

struct hourly_compute {
	struct stmt calendar[HOURLY_QUERIES];
	struct interpolation interpolation;
};

int hourly_compute_open(struct hourly_compute *s, sqlite3 *db, struct err *e);
void hourly_compute_close(struct hourly_compute *s); /* safe if zeroed */

/*
 * List the boundaries in a range with their counters. The calendar in the
 * database must cover all readings. Returns 0 or a negative code; free the list
 * in either case.
 */
int hourly_compute_load(struct boundary_list *out, struct hourly_compute *s,
			const struct boundary_range *r,
			const struct series_extent *extent, struct err *e);
void boundary_list_free(struct boundary_list *l); /* safe if zeroed */

#endif
