/* The reports of peaks, of standby power and of meter readings. */
#ifndef REPORTS_OTHER_REPORTS_H
#define REPORTS_OTHER_REPORTS_H

#include "reports/report_query.h"
#include "reports/sheet.h"

/*
 * Each fills a sheet, which the caller frees in each case. They return 0,
 * ERR_FORMAT if nothing is known, or another negative code.
 */

/*
 * List the peaks of each month, or for a span of at most two months the highest
 * quarters or hours: from differences of counters, and as the meter reports
 * them (1.4.0, 1.6.0 and 0-0:98.1.0 of e-MUCS P1 1.7.1).
 */
int peaks_fill(struct sheet *s, const struct report_query *a, struct err *e);
int hour_peaks_fill(struct sheet *s, const struct report_query *a,
		    struct err *e);

int standby_fill(struct sheet *s, const struct report_query *a, struct err *e);

/* List what the meters showed at a->from. */
int readings_fill(struct sheet *s, const struct report_query *a, struct err *e);

#endif
