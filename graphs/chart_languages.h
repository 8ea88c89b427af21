/* The texts of charts in each language, and how the language writes numbers. */
#ifndef GRAPHS_CHART_LANGUAGES_H
#define GRAPHS_CHART_LANGUAGES_H

#include "base/date_words.h"
#include "storage/history/series.h"

struct picture_words {
	const char *code;	 /* "en" */
	char point;		 /* before decimals */
	const char *money_space; /* between a currency's sign and the number */

	const struct date_words *dates;

	const char *medium[MEDIUM_COUNT]; /* "gas" */
	const char *Medium[MEDIUM_COUNT]; /* "Gas", at the start of a title */
	const char *from_grid, *to_grid;
	const char *low, *normal;   /* tariffs 1 and 2 */
	const char *night, *day_of; /* tariffs 2 and 1 in Belgium */
	const char *tariff;	    /* before the number of any other: "T" */

	const char *mean_of; /* before a number of minutes */
	const char *minutes; /* "min" */
	const char *highest; /* the pale area: highest power within a step */
	const char *usual;   /* the dash or tick of a usual day */
	const char *a_usual_day;
	const char *per_hour;
	const char *unfinished;
	const char *no_readings;
	const char *only_total; /* a bar in a gap: only its total is known */
	const char *standby;
	const char *at_time; /* "at 18:15": with the blank */
	const char *until;   /* "until 19:24" */
	const char *now;
	const char *less, *more, *than, *against, *same;
	const char *week_before;
	const char *known_since; /* "known since 1 June" */
	const char *none_used[MEDIUM_COUNT];
	const char *none_read[MEDIUM_COUNT];
	const char *begins; /* the first minutes after the installation */
};

/* The languages' codes, separated by a blank, in the order of picture_words_of. */
#define PICTURE_WORDS_CODES "en nl"

/* Returns the texts of language number i of PICTURE_WORDS_CODES. */
const struct picture_words *picture_words_of(int i);

/* Returns NULL if there is no such language. */
const struct picture_words *picture_words_find(const char *code);

#endif
