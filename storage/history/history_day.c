#include "storage/history/history_day.h"

#include <stdio.h>

#include "storage/history/highest_power.h"
#include "storage/history/history_connection.h"
#include "storage/history/local_time.h"

int history_usual_day(struct history *h, int64_t day, int64_t until,
		      struct usual_day *out, struct err *e)
{
	char text[LOCAL_TIME_TEXT];
	int rc = local_time_format(h->db, day, text, e);
	struct span date = { text, LOCAL_TIME_DAY - 1 };

	*out = (struct usual_day){ 0 };
	if (rc < 0 || text[0] == '\0')
		return rc;
	return usual_day_find(out, h->db, &h->interpolation, date, until, e);
}

int history_gaps(struct history *h, enum medium m, int64_t from, int64_t to,
		 int64_t shortest, void (*row)(void *ctx, const struct gap *g),
		 void *ctx, struct err *e)
{
	return gap_list(h->db, &h->interpolation, m, from, to, shortest, row,
			ctx, e);
}

int history_open_gap(struct history *h, enum medium m, int64_t now,
		     struct gap *g, struct err *e)
{
	return gap_list_open(h->db, m, now, 0, g, e);
}

int history_tariff_order(struct history *h, enum tariff_order *out,
			 struct err *e)
{
	return tariff_order_find(h->db, out, e);
}

int history_highest(struct history *h, int64_t from, int64_t to, int64_t *at,
		    int64_t *watt, struct err *e)
{
	return highest_power_find(h->db, from, to, watt, at, e);
}

int history_standby(struct history *h, int64_t from, int64_t to,
		    struct quarter *out, struct err *e)
{
	struct energy_curve c;
	int rc;

	energy_curve_open(&c, h->db, &h->interpolation);
	rc = quarters_lowest(&c, from, to, out, e);
	energy_curve_close(&c);
	return rc;
}
