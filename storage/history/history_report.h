/* Queries of reports, in addition to those of history.h and history_day.h. */
#ifndef STORAGE_HISTORY_HISTORY_REPORT_H
#define STORAGE_HISTORY_HISTORY_REPORT_H

#include "storage/history/comparison.h"
#include "storage/history/history.h"
#include "storage/history/hour_peaks.h"
#include "storage/history/month_peaks.h"
#include "storage/history/registers_at.h"

/* As comparison_find, for the local date that contains `day` (UTC). */
int history_comparison(struct history *h, int64_t day, struct comparison *c,
		       struct err *e);

/* As comparison_add_up. */
int history_comparison_sum(struct history *h, const struct comparison *c,
			   enum medium m, struct comparison_sum *out,
			   struct err *e);

/* As standing_charge_days_started. */
int history_standing_days(struct history *h, int64_t from, int64_t to,
			  int64_t now, int64_t *out, struct err *e);

/* As registers_at. */
int history_registers_at(struct history *h, int64_t t,
			 void (*row)(void *ctx, const struct meter_reading *r),
			 void *ctx, struct err *e);

/* As quarters_top, hour_peaks_find and month_peaks_average. */
int history_top_quarters(struct history *h, int64_t from, int64_t to, int most,
			 struct quarter *out, int *n, struct err *e);
int history_top_hours(struct history *h, int64_t from, int64_t to, bool days,
		      int most, struct hour_peak *out, int *n, struct err *e);
int history_quarter_average(struct history *h, int64_t start,
			    struct month_peaks_told *out, struct err *e);

/* As month_peaks_of, for the month of the local date that contains `day`. */
int history_month_peak(struct history *h, int64_t day, struct month_peak *out,
		       struct err *e);

#endif
