/* The periods of a report's rows, and what they are called. */
#ifndef REPORTS_STEP_H
#define REPORTS_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date_words.h"

enum step {
	STEP_QUARTER, /* of an hour, on the clock */
	STEP_HOUR,
	STEP_DAY,
	STEP_WEEK, /* from Monday */
	STEP_MONTH,
	STEP_YEAR,
	STEP_COUNT
};

/* "quarter", ...: in options, and the key of a row's name. */
extern const char *const step_names[STEP_COUNT];

enum { STEP_TEXT = 48 }; /* bytes of a name, NUL included */

/*
 * The name of the period that starts at t (UTC), for programs: "2026-03-29
 * 14:15", "2026-03-29 14:00", "2026-03-29", "2026-W13", "2026-03" or "2026". A
 * time that occurs twice in autumn has its offset the second time: "2026-10-25
 * 02:00+01:00". Returns buf.
 */
char *step_key(char buf[static STEP_TEXT], enum step step, int64_t t);

/*
 * The same for people: "14:00", "Sun 29 Mar", "week 13", "March", "2026".
 * `wide` adds the date to rows that span several days or years: "Sun 29 Mar
 * 14:00", "Sun 29 Mar 2026". Returns buf.
 */
char *step_name(char buf[static STEP_TEXT], enum step step, int64_t t,
		bool wide, const struct date_words *w);

/* "Sun 29 Mar 14:15"; without `month` "Sun 29 14:15". Returns buf. */
char *step_time(char buf[static STEP_TEXT], int64_t t, bool month,
		const struct date_words *w);

#endif
