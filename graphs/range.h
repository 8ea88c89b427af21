/*
 * The time range of a picture: a local day, week (Monday to Sunday), month or
 * year, including 23-hour days.
 */
#ifndef GRAPHS_RANGE_H
#define GRAPHS_RANGE_H

#include <stdint.h>

#include "base/err.h"
#include "base/utc.h"

enum range_kind { RANGE_DAY, RANGE_WEEK, RANGE_MONTH, RANGE_YEAR, RANGE_COUNT };

enum { RANGE_TITLE = 64 }; /* bytes, NUL included */

struct range {
	enum range_kind kind;
	int64_t start, end;	 /* UTC of the local boundaries */
	char title[RANGE_TITLE]; /* "Saturday 21 November 2026" */
};

/* "day", "week", "month", "year": used in options and file names. */
extern const char *const range_names[RANGE_COUNT];

/* The range of this kind that contains the local date. */
struct range range_holding(enum range_kind kind, const struct civil *date);

/*
 * Parse the user's date for a range of this kind: it must name the day for a
 * day or week and the month for a month, or be "today", "yesterday" or "last",
 * which is the range before the present one; NULL is today. ERR_USAGE says what
 * is wrong.
 */
int range_parse(enum range_kind kind, const char *text, int64_t now,
		struct range *out, struct err *e);

/* Midnight of the first local Monday after a time. */
int64_t range_monday(int64_t utc);

enum { RANGE_WHEN = 32 }; /* bytes, NUL included */

/*
 * Describe a time as briefly as the range allows: "18:35" in a day, "Wed 18:35"
 * in a week, "Fri 6" in a month, "June" in a year. Returns buf.
 */
char *range_when(char buf[static RANGE_WHEN], const struct range *r,
		 int64_t utc);

#endif
