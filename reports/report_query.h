/* The input of every report, and the time span that it covers. */
#ifndef REPORTS_REPORT_QUERY_H
#define REPORTS_REPORT_QUERY_H

#include "reports/report_languages.h"
#include "reports/report_options.h"
#include "storage/history/history.h"
#include "storage/history/tariff_order.h"
#include "tariffs/cost.h"

struct report_query {
	struct history *h;
	const struct report_options *o;
	const struct report_words *words;
	struct amounts prices;
	const char *currency;
	int64_t now;
	enum tariff_order order;
	/* UTC; found by report_query_find_span. */
	int64_t from, to;
	enum step by;
	bool is_range; /* the span is `range` */
	struct range range;
};

/*
 * Find the span and the steps in it. Without a period it is today, or for peaks
 * and standby power the twelve months up to this one. Returns 0 or a negative
 * code.
 */
int report_query_find_span(struct report_query *a, struct err *e);

enum { REPORT_QUERY_TEXT = 96 };

/* "November 2026", "1 Mar 2026 – 3 Apr 2026", "1 Mar 2026 12:00 – 13:00". */
char *report_query_title(char buf[static REPORT_QUERY_TEXT],
			 const struct report_query *a);

/*
 * The same for any two instants, and for the days that contain them. Returns
 * buf.
 */
char *report_query_stretch(char buf[static REPORT_QUERY_TEXT], int64_t from,
			   int64_t to, const struct date_words *w);
char *report_query_days(char buf[static REPORT_QUERY_TEXT], int64_t first,
			int64_t last, const struct date_words *w);

/* Find the first and last reading of any medium. Returns 1, 0 or a code. */
int report_query_extent(struct history *h, int64_t *first, int64_t *last,
			struct err *e);

/*
 * Compute what part of the span cost, including the standing charge for the
 * days that start in it, up to now. Returns 0 or a negative code.
 */
int report_query_costs(const struct report_query *a,
		       const struct consumption *c, struct costs *out,
		       struct err *e);

/* Report that the span has no readings. Returns ERR_FORMAT. */
int report_query_nothing(const struct report_query *a, struct err *e);

#endif
