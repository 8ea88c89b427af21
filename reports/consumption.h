/* The consumption report, and its comparison with an earlier period. */
#ifndef REPORTS_CONSUMPTION_H
#define REPORTS_CONSUMPTION_H

#include "reports/report_query.h"
#include "reports/sheet.h"

/*
 * Fill the sheet with a row per step. Returns 0, ERR_FORMAT without readings, or
 * another negative code. The caller frees the sheet in each case.
 */
int consumption_fill(struct sheet *s, const struct report_query *a,
		     struct err *e);

/*
 * Fill the sheet with a row per series, comparing the same part of the calendar
 * in both periods. Returns as above; a->range is the later period.
 */
int compared_fill(struct sheet *s, const struct report_query *a, struct err *e);

/* Name a series in a list: "import, low", in the tariffs' own words. */
char *consumption_series(char buf[static SHEET_TEXT_SIZE],
			 const struct report_query *a, enum series s);

/* "kWh", "m³", "GJ" */
const char *consumption_unit_text(enum unit u);
const char *consumption_unit(enum series s);

#endif
