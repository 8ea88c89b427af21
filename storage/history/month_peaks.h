/*
 * The highest quarter of an hour of each month, which Belgian operators charge
 * for: the meter's own where it reports one, since that covers the month from
 * its first day; else that of the readings.
 */
#ifndef STORAGE_HISTORY_MONTH_PEAKS_H
#define STORAGE_HISTORY_MONTH_PEAKS_H

#include "storage/history/quarters.h"

enum { MONTH_PEAKS = 12, MONTH_PEAKS_NAME = 8 };

/* What the meter reported (1.6.0 and 0-0:98.1.0). */
struct month_peaks_told {
	bool known;
	int64_t w, ts; /* UTC of its timestamp; 0 if none */
};

struct month_peak {
	char month[MONTH_PEAKS_NAME]; /* "2026-11" */
	int64_t start, end;	      /* UTC */
	struct quarter highest;	      /* of the readings */
	/*
	 * From the log of past months, 0-0:98.1.0, else from the register of
	 * the current month, 1.6.0, as last sent in that month.
	 */
	struct month_peaks_told logged, shown, told;
};

/*
 * The peak's power in W: the meter's own, else that of the readings. One of
 * them is known.
 */
int64_t month_peak_w(const struct month_peak *m);

/*
 * Find the peak of the month with the local date `day`. Returns 1, 0 if the
 * date is not in the calendar, or a negative code.
 */
int month_peaks_of(struct energy_curve *c, struct span day,
		   struct month_peak *out, struct err *e);

/*
 * Find the peaks of the twelve months up to that one, oldest first, and set *n;
 * months without a peak are left out. Months that the meter reported are not
 * searched.
 */
int month_peaks_year(struct energy_curve *c, struct span day,
		     struct month_peak out[MONTH_PEAKS], int *n, struct err *e);

/*
 * Find the average, 1.4.0, of the quarter that starts at `start`, as the meter
 * last sent it: the import until `ts`, spread over the quarter. Returns 1, 0 if
 * there is none, or a negative code.
 */
int month_peaks_average(sqlite3 *db, int64_t start,
			struct month_peaks_told *out, struct err *e);

/* Has a meter reported the peak of any month? Returns 0 or a negative code. */
int month_peaks_are_told(sqlite3 *db, bool *out, struct err *e);

#endif
