#include "storage/history/history_report.h"

#include "storage/history/history_connection.h"
#include "storage/history/local_time.h"
#include "storage/history/standing_charge_days.h"

/* Find the local date of an instant; an empty one is not in the calendar. */
static int find_date(struct history *h, int64_t t, char text[LOCAL_TIME_TEXT],
		     struct span *date, struct err *e)
{
	int rc = local_time_format(h->db, t, text, e);

	*date = (struct span){ text, text[0] ? LOCAL_TIME_DAY - 1 : 0 };
	return rc;
}

int history_comparison(struct history *h, int64_t day, struct comparison *c,
		       struct err *e)
{
	char text[LOCAL_TIME_TEXT];
	struct span date;
	int rc = find_date(h, day, text, &date, e);

	c->now = c->before = (struct comparison_period){ 0 };
	return rc < 0 || date.n == 0 ? rc : comparison_find(c, h->db, date, e);
}

int history_comparison_sum(struct history *h, const struct comparison *c,
			   enum medium m, struct comparison_sum *out,
			   struct err *e)
{
	return comparison_add_up(c, h->db, &h->interpolation, m, out, e);
}

int history_standing_days(struct history *h, int64_t from, int64_t to,
			  int64_t now, int64_t *out, struct err *e)
{
	return standing_charge_days_started(h->db, from, to, now, out, e);
}

int history_registers_at(struct history *h, int64_t t,
			 void (*row)(void *ctx, const struct meter_reading *r),
			 void *ctx, struct err *e)
{
	return registers_at(h->db, t, row, ctx, e);
}

int history_top_quarters(struct history *h, int64_t from, int64_t to, int most,
			 struct quarter *out, int *n, struct err *e)
{
	struct energy_curve c;
	int rc;

	energy_curve_open(&c, h->db, &h->interpolation);
	rc = quarters_top(&c, from, to, most, out, n, e);
	energy_curve_close(&c);
	return rc;
}

int history_top_hours(struct history *h, int64_t from, int64_t to, bool days,
		      int most, struct hour_peak *out, int *n, struct err *e)
{
	return hour_peaks_find(h->db, from, to, days, most, out, n, e);
}

int history_quarter_average(struct history *h, int64_t start,
			    struct month_peaks_told *out, struct err *e)
{
	return month_peaks_average(h->db, start, out, e);
}

int history_month_peak(struct history *h, int64_t day, struct month_peak *out,
		       struct err *e)
{
	char text[LOCAL_TIME_TEXT];
	struct energy_curve c;
	struct span date;
	int rc = find_date(h, day, text, &date, e);

	if (rc < 0 || date.n == 0)
		return rc;
	energy_curve_open(&c, h->db, &h->interpolation);
	rc = month_peaks_of(&c, date, out, e);
	energy_curve_close(&c);
	return rc;
}
