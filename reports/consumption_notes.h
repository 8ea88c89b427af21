/* The lines below a table of consumption. */
#ifndef REPORTS_CONSUMPTION_NOTES_H
#define REPORTS_CONSUMPTION_NOTES_H

#include "reports/report_query.h"
#include "reports/sheet.h"

/* "import: low 123.456, normal 88.123 kWh", if there is more than one tariff. */
void consumption_note_tariffs(struct sheet *s, const struct report_query *a,
			      const struct consumption *total, enum series all);

/* The items of the sheet's total; column[i] is -1 if item i is not known. */
void consumption_note_costs(struct sheet *s, const struct report_query *a,
			    const int column[COST_COUNT]);

/* What '~' means, if a number of the table has it. */
void consumption_note_estimated(struct sheet *s, const struct report_query *a);

/*
 * Standby power in a span of a month or less, and in the one of equal length
 * before it. Returns 0 or a negative code.
 */
int consumption_note_standby(struct sheet *s, const struct report_query *a,
			     struct err *e);

#endif
