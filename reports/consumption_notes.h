/* The lines below a table of consumption. */
#ifndef REPORTS_CONSUMPTION_NOTES_H
#define REPORTS_CONSUMPTION_NOTES_H

#include "reports/report_query.h"
#include "reports/sheet.h"

/*
 * Add "import: low 123.456, normal 88.123 kWh", if there is more than one
 * tariff.
 */
void consumption_note_tariffs(struct sheet *s, const struct report_query *a,
			      const struct consumption *total, enum series all);

/*
 * List the cost items of the sheet's total; column[i] is -1 if item i is not
 * known.
 */
void consumption_note_costs(struct sheet *s, const struct report_query *a,
			    const int column[COST_COUNT]);

/* Explain '~', if any number in the table has one. */
void consumption_note_estimated(struct sheet *s, const struct report_query *a);

/*
 * Add the standby power in a span of a month or less, and in the span of equal
 * length before it. Returns 0 or a negative code.
 */
int consumption_note_standby(struct sheet *s, const struct report_query *a,
			     struct err *e);

#endif
