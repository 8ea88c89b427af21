/* Metrics from the database: costs, peak, held readings, its files. */
#ifndef WEB_METRICS_JOURNAL_H
#define WEB_METRICS_JOURNAL_H

#include <stdio.h>

struct handler_data;

/*
 * Write these metrics, and set w->metrics.last. The database is queried after a
 * commit, and after a minute (handler_data_query); for the month's peak, which
 * takes milliseconds, once in each quarter of an hour. Nothing is written while
 * the database cannot be read; a metric that fails is left out.
 */
void metrics_journal(struct handler_data *w, FILE *out);

#endif
