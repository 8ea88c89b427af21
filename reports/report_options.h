/* The command line of p1report. */
#ifndef REPORTS_REPORT_OPTIONS_H
#define REPORTS_REPORT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/range.h"
#include "reports/step.h"
#include "storage/history/comparison.h"
#include "storage/history/series.h"

enum report_kind {
	REPORT_CONSUMPTION,
	REPORT_PEAKS_QUARTER,
	REPORT_PEAKS_HOUR,
	REPORT_STANDBY,
	REPORT_READINGS,
};

enum report_form { REPORT_TABLE, REPORT_CSV, REPORT_JSON };

enum {
	REPORT_TOTAL = RANGE_COUNT, /* everything stored, as a range */
	REPORT_BY_COST = SERIES_COUNT,
	REPORT_TOP_MOST = 100000,
};

struct report_options {
	enum report_kind kind;
	int range;	       /* enum range_kind or REPORT_TOTAL; -1: none */
	const char *date;      /* NULL: today */
	const char *from, *to; /* NULL: not given */
	const char *at;	       /* REPORT_READINGS */
	int by;		       /* enum step; -1: by the range */
	enum comparison_with compare;
	int64_t top; /* rows; 0: all, in chronological order */
	int of;	     /* enum series or REPORT_BY_COST; -1: not given */
	bool tariffs;
	enum report_form form;
	int language; /* index in date_words; -1: as in the settings */
	const char *config;
};

/*
 * Read the command line over the defaults in *o; the strings point into argv,
 * which is reordered. Returns 0; 1 if only --help or --version was printed; or
 * a negative code, ERR_USAGE if the command line is wrong.
 */
int report_options_read(struct report_options *o, int argc, char **argv,
			struct err *e);

#endif
