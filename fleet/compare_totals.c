#include "fleet/compare_totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "storage/db/stmt.h"

enum { SAID = 10, SQL = 2048, FIXED = 2 /* columns before the amounts */ };

static const struct {
	enum period period;
	const char *view;
} views[] = {
	{ PERIOD_HOUR, "hourly_wh" },
	{ PERIOD_DAY, "daily_wh" },
	{ PERIOD_MONTH, "monthly_wh" },
	{ PERIOD_YEAR, "yearly_wh" },
};

/* A walk through the server's rows beside one through the journal. */
struct walk {
	struct compare_totals *c;
	struct history *h;
	const char *view;
	struct consumption next; /* of the journal */
	int has_next;
};

static void complain(struct walk *w, int64_t start, const char *what)
{
	char text[160], at[UTC_TEXT];

	if (w->c->found++ >= SAID)
		return;
	snprintf(text, sizeof(text), "%s, %s: %s", w->view,
		 utc_format(at, start), what);
	w->c->say(w->c->ctx, text);
}

static bool is_amount(const struct consumption *u, int s, const char *cell)
{
	if (!(u->have >> s & 1))
		return *cell == '\0';
	return *cell != '\0' && strtoll(cell, NULL, 10) == u->amount[s];
}

/* Go on to the journal's period that starts at `start` or later. */
static int skip_to(struct walk *w, int64_t start, struct err *e)
{
	while (w->has_next > 0 && w->next.start < start) {
		complain(w, w->next.start, "is missing on the server");
		w->c->periods++;
		w->has_next = history_next(w->h, &w->next, e);
	}
	return w->has_next < 0 ? w->has_next : 0;
}

static int compare_row(void *ctx, const char *const *cells, int n,
		       struct err *e)
{
	struct walk *w = ctx;
	const int64_t start = strtoll(cells[0], NULL, 10);
	int rc = n == FIXED + SERIES_COUNT
			 ? skip_to(w, start, e)
			 : err_set(e, ERR_CONFIG, "the view %s", w->view);

	if (rc < 0)
		return rc;
	w->c->periods++;
	if (w->has_next == 0 || w->next.start != start) {
		complain(w, start, "is only on the server");
		return 0;
	}
	if (strtoll(cells[1], NULL, 10) != w->next.end)
		complain(w, start, "ends at another time");
	for (int s = 0; s < SERIES_COUNT; s++)
		if (!is_amount(&w->next, s, cells[FIXED + s]))
			complain(w, start, series[s].column);
	w->has_next = history_next(w->h, &w->next, e);
	return w->has_next < 0 ? w->has_next : 0;
}

static void write_sql(const char *view, char sql[static SQL])
{
	int n = snprintf(sql, SQL, "SELECT start_ts, end_ts");

	for (int s = 0; s < SERIES_COUNT; s++)
		n += snprintf(sql + n, (size_t)(SQL - n), ", %s",
			      series[s].column);
	snprintf(sql + n, (size_t)(SQL - n),
		 " FROM fleet.%s WHERE home = fleet.own_home() "
		 "ORDER BY start_ts",
		 view);
}

static int compare_view(struct compare_totals *c, struct history *h,
			struct server *s, size_t view, struct err *e)
{
	char sql[SQL];
	struct walk w = { .c = c, .h = h, .view = views[view].view };
	const struct server_query q = { .sql = sql,
					.row = compare_row,
					.ctx = &w };
	int rc = history_begin(h, views[view].period, 0, STMT_LAST_TIME, e);

	write_sql(w.view, sql);
	if (rc == 0)
		w.has_next = rc = history_next(h, &w.next, e);
	if (rc >= 0)
		rc = server_ask(s, &q, e);
	return rc == 0 ? skip_to(&w, INT64_MAX, e) : rc;
}

int compare_totals(struct compare_totals *c, struct history *h,
		   struct server *s, struct err *e)
{
	int rc = history_hold(h, e);

	for (size_t i = 0; rc == 0 && i < COUNT(views); i++)
		rc = compare_view(c, h, s, i, e);
	history_release(h);
	return rc;
}
