/* p1report: print what was consumed, what it cost, and what meters showed. */
#include <stdio.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/localday.h"
#include "base/log.h"
#include "base/process.h"
#include "reports/consumption.h"
#include "reports/other_reports.h"
#include "reports/parse_moment.h"
#include "reports/report_query.h"
#include "reports/write_sheet.h"
#include "storage/history/history_day.h"
#include "tariffs/price_settings.h"

static int write_sheet(const struct sheet *s, const struct report_query *a,
		       struct err *e)
{
	if (s->full || (s->next != NULL && s->next->full))
		return err_memory(e);
	if (a->o->form == REPORT_CSV)
		write_sheet_csv(s, stdout);
	else if (a->o->form == REPORT_JSON)
		write_sheet_json(s, stdout);
	else
		write_sheet_table(s, a->words->dates, stdout);
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_errno(e, ERR_IO, "writing standard output");
	return 0;
}

static int report_consumption(struct report_query *a, struct err *e)
{
	struct sheet s, compared = { 0 };
	int rc = consumption_fill(&s, a, e);

	if (rc == 0 && a->o->compare != COMPARISON_NOTHING) {
		rc = compared_fill(&compared, a, e);
		s.next = &compared;
	}
	if (rc == 0)
		rc = write_sheet(&s, a, e);
	sheet_free(&s);
	sheet_free(&compared);
	return rc;
}

static int report_one(struct report_query *a,
		      int (*fill)(struct sheet *s, const struct report_query *a,
				  struct err *e),
		      struct err *e)
{
	struct sheet s;
	int rc = fill(&s, a, e);

	if (rc == 0)
		rc = write_sheet(&s, a, e);
	sheet_free(&s);
	return rc;
}

static int report(struct report_query *a, struct err *e)
{
	static int (*const fills[])(struct sheet *, const struct report_query *,
				    struct err *) = {
		[REPORT_PEAKS_QUARTER] = peaks_fill,
		[REPORT_PEAKS_HOUR] = hour_peaks_fill,
		[REPORT_STANDBY] = standby_fill,
		[REPORT_READINGS] = readings_fill,
	};
	int rc = history_tariff_order(a->h, &a->order, e);

	if (rc == 0 && a->o->kind == REPORT_READINGS)
		rc = parse_moment(a->o->at, a->now, false, &a->from, e);
	else if (rc == 0)
		rc = report_query_find_span(a, e);
	if (rc < 0)
		return rc;
	return a->o->kind == REPORT_CONSUMPTION
		       ? report_consumption(a, e)
		       : report_one(a, fills[a->o->kind], e);
}

static int run(const struct report_options *o, struct err *e)
{
	struct report_query a = { .o = o };
	struct all_settings s;
	int rc;

	a.now = clock_utc(&clock_machine);
	if (all_settings_load(&s, o->config, e) < 0 ||
	    price_settings_read(&a.prices, &s, e) < 0)
		return e->code;
	a.currency = s.prices.currency;
	a.words = &report_words[o->language >= 0 ? o->language
						 : s.graphs_language];
	a.h = history_open(s.database, e);
	if (a.h == NULL)
		return e->code == ERR_ABSENT ? err_while(e, "nothing to report")
					     : e->code;
	rc = localday_use(history_timezone(a.h), e);
	if (rc == 0)
		rc = history_hold(a.h, e);
	if (rc == 0)
		rc = report(&a, e);
	history_release(a.h);
	history_close(a.h);
	return rc;
}

int main(int argc, char **argv)
{
	struct report_options o = {
		.range = -1, .by = -1, .of = -1, .language = -1
	};
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1report", false, LOG_LEVEL_NOTICE);
	rc = report_options_read(&o, argc, argv, &e);
	if (rc == 0)
		rc = run(&o, &e);
	if (rc < 0)
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc < 0 ? rc : 0);
}
