/* The words of dates in each language. */
#ifndef BASE_DATE_WORDS_H
#define BASE_DATE_WORDS_H

enum { DATE_WORDS_MONTHS = 12, DATE_WORDS_DAYS = 7, DATE_WORDS_LANGUAGES = 2 };

struct date_words {
	const char *code; /* "en" */
	const char *month[DATE_WORDS_MONTHS], *month_short[DATE_WORDS_MONTHS];
	const char *day[DATE_WORDS_DAYS],
		*day_short[DATE_WORDS_DAYS]; /* Monday first */
	const char *week;		     /* "week" */
};

/* In the order of the setting [graphs] language. */
extern const struct date_words date_words[DATE_WORDS_LANGUAGES];

/* NULL if there is no such language. */
const struct date_words *date_words_find(const char *code);

#endif
