/* The texts of the reports in each language. */
#ifndef REPORTS_REPORT_LANGUAGES_H
#define REPORTS_REPORT_LANGUAGES_H

#include "base/date_words.h"
#include "storage/history/series.h"
#include "storage/history/tariff_order.h"
#include "tariffs/cost.h"

enum { REPORT_TARIFFS = 4 };

struct report_words {
	const char *code; /* "en" */
	char point;	  /* before decimals */
	const struct date_words *dates;

	/*
	 * The heading of a column, up to 7 characters if possible, and the rest
	 * of it for the line below, or ""
	 */
	const char *column[SERIES_COUNT], *below[SERIES_COUNT];
	/* T1 to T4, by enum tariff_order */
	const char *tariff[2][REPORT_TARIFFS];
	const char *series[SERIES_COUNT]; /* in a list; tariffs have none */
	const char *medium[MEDIUM_COUNT]; /* before a meter's number */
	const char *item[COST_COUNT];	  /* cost items */
	const char *cost, *total;

	const char *until;     /* before a time */
	const char *estimated; /* what '~' means */

	/* A comparison: its title, or why there is none; its columns. */
	const char *compared, *not_compared;
	const char *now, *before, *difference;

	const char *standby, *lowest, *days; /* columns */
	const char *standby_title;
	const char *standby_note; /* how it is measured */
	const char *standby_power;
	const char *days_before; /* before the previous period's value */
	/* "trend: 200 W in the first half, 210 W in the second: +10 W, or +88
	   kWh a year" */
	const char *trend, *first_half, *second_half, * or, *a_year;

	const char *peaks_quarter, *peaks_hour;	    /* titles */
	const char *counted, *by_meter, *at, *mean; /* columns */
	const char *mean_of, *months;		    /* "mean of" 12 "months" */
	const char *peaks_note, *logged_note, *hours_note, *list_note;

	const char *readings_at;			    /* before a date */
	const char *reg, *reading, *within, *from_readings; /* columns */
	const char *exact, *last_reading;
	const char *readings_note;
};

/* In the order of the setting [graphs] language. */
extern const struct report_words report_words[DATE_WORDS_LANGUAGES];

#endif
