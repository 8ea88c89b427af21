/*
 * A time range of the calendar: a local day, week (Monday to Sunday), month or
 * year, including 23-hour days.
 */
#ifndef BASE_RANGE_H
#define BASE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/utc.h"

enum range_kind { RANGE_DAY, RANGE_WEEK, RANGE_MONTH, RANGE_YEAR, RANGE_COUNT };

struct range {
	enum range_kind kind;
	int64_t start, end; /* UTC of the local boundaries */
};

/* "day", "week", "month", "year": used in options and file names. */
extern const char *const range_names[RANGE_COUNT];

/* The range of this kind that contains the local date. */
struct range range_holding(enum range_kind kind, const struct civil *date);

/*
 * Parse the user's date for a range of this kind: it must name the day for a
 * day or week and the month for a month, or be "today", "yesterday" or "last",
 * which is the range before the current one; NULL is today. ERR_USAGE says what
 * is wrong.
 */
int range_parse(enum range_kind kind, const char *text, int64_t now,
		struct range *out, struct err *e);

/* The same range a year before; for a week, 52 weeks before. */
struct range range_year_before(const struct range *r);

/* The range before this one. */
struct range range_before(const struct range *r);

#endif
