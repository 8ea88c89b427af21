/* Queries for a usual day, and for the lowest and highest power of a day. */
#include "storage/history/highest_power.h"
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

int query_usual_day(struct query *q, const char *day, int64_t until,
		    struct usual_day *out, struct err *e)
{
	struct interpolation counters;
	int rc;

	query_begin(q);
	interpolation_open(&counters, q->db);
	rc = usual_day_find(out, q->db, &counters, span_of(day), until, e);
	interpolation_close(&counters);
	return query_end(q, rc, e);
}

/*
 * Find the local date's start and end, UTC; they are equal if it is not in the
 * calendar.
 */
static int find_day(sqlite3 *db, const char *day, struct comparison_period *out,
		    struct err *e)
{
	struct comparison c = { .span = COMPARISON_DAY };
	int rc = comparison_find(&c, db, span_of(day), e);

	*out = c.now;
	return rc;
}

struct curve {
	struct interpolation counters;
	struct energy_curve curve;
};

static void curve_open(struct curve *c, struct query *q)
{
	query_begin(q);
	interpolation_open(&c->counters, q->db);
	energy_curve_open(&c->curve, q->db, &c->counters);
}

static int curve_end(struct curve *c, struct query *q, int rc, struct err *e)
{
	energy_curve_close(&c->curve);
	interpolation_close(&c->counters);
	return query_end(q, rc, e);
}

int query_standby(struct query *q, const char *day, struct quarter *out,
		  struct err *e)
{
	struct comparison_period p;
	struct curve c;
	int rc;

	curve_open(&c, q);
	rc = find_day(q->db, day, &p, e);
	if (rc == 0)
		rc = quarters_lowest(&c.curve, p.start, p.end, out, e);
	return curve_end(&c, q, rc, e);
}

int query_month_peak(struct query *q, const char *day, struct month_peak *out,
		     struct err *e)
{
	struct curve c;
	int rc;

	*out = (struct month_peak){ 0 };
	curve_open(&c, q);
	rc = month_peaks_of(&c.curve, span_of(day), out, e);
	return curve_end(&c, q, rc, e);
}

static int find_highest(struct query *q, const char *day,
			struct query_peaks *out, struct err *e)
{
	struct comparison_period p;
	int rc = find_day(q->db, day, &p, e);

	if (rc == 0)
		rc = highest_power_find(q->db, p.start, p.end, &out->highest_w,
					&out->highest_ts, e);
	if (rc == 0)
		out->highest_ts = 0;
	return rc < 0 ? rc : 0;
}

static int find_months(struct query *q, struct energy_curve *c, const char *day,
		       struct query_peaks *out, struct err *e)
{
	enum tariff_order order = TARIFF_LOW_NORMAL;
	bool told = false;
	int rc = month_peaks_are_told(q->db, &told, e);

	if (rc == 0)
		rc = tariff_order_find(q->db, &order, e);
	if (rc < 0 || (!told && order != TARIFF_DAY_NIGHT))
		return rc;
	return month_peaks_year(c, span_of(day), out->year, &out->months, e);
}

static int find_peaks(struct query *q, struct energy_curve *c, const char *day,
		      const struct quarter_heard *heard,
		      struct query_peaks *out, struct err *e)
{
	int64_t now = clock_utc(q->clock);
	int rc = find_highest(q, day, out, e);

	if (rc == 0)
		rc = month_peaks_of(c, span_of(day), &out->month, e);
	if (rc > 0)
		rc = 0;
	if (rc == 0 && now >= out->month.start && now < out->month.end)
		rc = quarters_running(c, now, heard, &out->quarter, e);
	return rc == 0 ? find_months(q, c, day, out, e) : rc;
}

int query_peaks(struct query *q, const char *day,
		const struct quarter_heard *heard, struct query_peaks *out,
		struct err *e)
{
	struct curve c;

	*out = (struct query_peaks){ 0 };
	curve_open(&c, q);
	return curve_end(&c, q, find_peaks(q, &c.curve, day, heard, out, e), e);
}
