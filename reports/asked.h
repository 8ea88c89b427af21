/* What every report is made from, and the span of time that it is about. */
#ifndef REPORTS_ASKED_H
#define REPORTS_ASKED_H

#include "reports/languages.h"
#include "reports/report_options.h"
#include "storage/history/history.h"
#include "storage/history/tariff_order.h"
#include "tariffs/cost.h"

struct asked {
	struct history *h;
	const struct report_options *o;
	const struct report_words *words;
	struct amounts prices;
	const char *currency;
	int64_t now;
	enum tariff_order order;
	/* UTC; found by asked_find_span. */
	int64_t from, to;
	enum step by;
	bool is_range; /* `range` is it */
	struct range range;
};

/*
 * Find the span and the steps in it. Without a period it is today, or for peaks
 * and standby power the twelve months up to this one. Returns 0 or a negative
 * code.
 */
int asked_find_span(struct asked *a, struct err *e);

enum { ASKED_TEXT = 96 };

/* "November 2026", "1 Mar 2026 – 3 Apr 2026", "1 Mar 2026 12:00 – 13:00". */
char *asked_title(char buf[static ASKED_TEXT], const struct asked *a);

/* The same of any two instants, and of the days that they are in. Returns buf. */
char *asked_stretch(char buf[static ASKED_TEXT], int64_t from, int64_t to,
		    const struct date_words *w);
char *asked_days(char buf[static ASKED_TEXT], int64_t first, int64_t last,
		 const struct date_words *w);

/* Find the first and last reading of any medium. Returns 1, 0 or a code. */
int asked_extent(struct history *h, int64_t *first, int64_t *last,
		 struct err *e);

/*
 * Compute what a part of the span cost: with the standing charge of the days that
 * start in it, up to now. Returns 0 or a negative code.
 */
int asked_costs(const struct asked *a, const struct consumption *c,
		struct costs *out, struct err *e);

/* Refuse a span without readings: ERR_FORMAT. */
int asked_nothing(const struct asked *a, struct err *e);

#endif
