/* Dates and times as people write them, in a language. Each returns buf. */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date_words.h"
#include "base/range.h"

enum { DATES_TEXT = 64 }; /* bytes, NUL included */

/*
 * The title of a range: "Friday 27 November 2026" or, if it must be short, "Fri
 * 27 Nov"; "Week 48, 23–29 November 2026"; "November 2026"; "2026".
 */
char *dates_title(char buf[static DATES_TEXT], const struct range *r,
		  const struct date_words *w, bool brief);

/* "18:15"; in a week "Mon 17:50". */
char *dates_time(char buf[static DATES_TEXT], const struct range *r, int64_t t,
		 const struct date_words *w);

/*
 * The days from `from` to the one that ends at `to`: "1–27 Nov", "1 Jun–27 Nov";
 * in a week "Mon–Fri".
 */
char *dates_days(char buf[static DATES_TEXT], const struct range *r,
		 int64_t from, int64_t to, const struct date_words *w);

/*
 * The span between two times: "12:55–15:00" if it is within a day, else as
 * dates_days.
 */
char *dates_stretch(char buf[static DATES_TEXT], int64_t from, int64_t to,
		    const struct date_words *w);

/* "1 June", without the year. */
char *dates_day(char buf[static DATES_TEXT], int64_t t,
		const struct date_words *w);

/* 0 for Monday to 6. */
int dates_weekday(const struct civil *date);

/*
 * Find the week number of a date, from 1, and the year that the week belongs
 * to: that of its Thursday (ISO 8601).
 */
int dates_week(const struct civil *date, int *year);

#endif
