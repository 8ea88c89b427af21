#include "storage/history/month_peaks.h"

#include <stdio.h>

#define MONTHS                                                                 \
	"SELECT month, start_ts, end_ts, p.peak_w, p.peak_ts,"                 \
	" d.demand_peak_w, d.demand_peak_ts"                                   \
	" FROM calendar_month AS m LEFT JOIN month_peak AS p"                  \
	" ON p.month_end_ts = m.end_ts LEFT JOIN demand AS d ON d.quarter_ts"  \
	" = (SELECT max(quarter_ts) FROM demand WHERE quarter_ts >="           \
	" m.start_ts AND quarter_ts < m.end_ts)"

int64_t month_peak_w(const struct month_peak *m)
{
	return m->told.known ? m->told.w : quarter_power_w(&m->highest);
}

static int open_months(struct stmt *s, struct energy_curve *c, const char *sql,
		       struct span day, struct err *e)
{
	int rc = stmt_open(s, c->db, sql, e);

	if (rc == 0)
		stmt_bind_text(s, 1, day);
	return rc;
}

static struct month_peaks_told read_told(struct stmt *s, int column)
{
	return (struct month_peaks_told){ !stmt_is_null(s, column),
					  stmt_int(s, column),
					  stmt_time(s, column + 1) };
}

/* The log of past months is final. */
static void read_month(struct stmt *s, struct month_peak *out)
{
	*out = (struct month_peak){
		.start = stmt_time(s, 1),
		.end = stmt_time(s, 2),
		.logged = read_told(s, 3),
		.shown = read_told(s, 5),
	};
	out->told = out->logged.known ? out->logged : out->shown;
	snprintf(out->month, sizeof(out->month), "%.*s",
		 SPAN_ARG(stmt_text(s, 0)));
}

int month_peaks_of(struct energy_curve *c, struct span day,
		   struct month_peak *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = open_months(&s, c, MONTHS " WHERE month = substr(?1, 1, 7)",
			     day, e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0) {
		read_month(&s, out);
		rc = quarters_highest(c, out->start, out->end, &out->highest,
				      e);
		rc = rc < 0 ? rc : 1;
	}
	stmt_close(&s);
	return rc;
}

int month_peaks_year(struct energy_curve *c, struct span day,
		     struct month_peak out[MONTH_PEAKS], int *n, struct err *e)
{
	struct stmt s = { 0 };
	int rc = open_months(&s, c,
			     MONTHS " WHERE month <= substr(?1, 1, 7)"
				    " AND month > substr(date(?1,"
				    " 'start of month', '-12 months'), 1, 7)"
				    " ORDER BY month",
			     day, e);

	*n = 0;
	while (rc == 0 && *n < MONTH_PEAKS && (rc = stmt_next(&s, e)) > 0) {
		struct month_peak *m = &out[*n];

		read_month(&s, m);
		rc = m->told.known ? 0
				   : quarters_highest(c, m->start, m->end,
						      &m->highest, e);
		*n += m->told.known || m->highest.known;
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int month_peaks_average(sqlite3 *db, int64_t start,
			struct month_peaks_told *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT demand_average_w, ts FROM demand WHERE"
			   " quarter_ts = ?1 AND demand_average_w IS NOT NULL",
			   e);

	*out = (struct month_peaks_told){ 0 };
	if (rc == 0) {
		stmt_bind(&s, 1, start);
		rc = stmt_next(&s, e);
	}
	if (rc > 0)
		*out = read_told(&s, 0);
	stmt_close(&s);
	return rc;
}

int month_peaks_are_told(sqlite3 *db, bool *out, struct err *e)
{
	int64_t any = 0;
	int rc = stmt_ask(db, "SELECT EXISTS (SELECT * FROM month_peak)", &any,
			  e);

	*out = any != 0;
	return rc;
}
