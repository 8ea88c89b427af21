#include "storage/history/boundary_readings.h"

#include "base/utc.h"
#include "storage/history/history_connection.h"

/* The first multiple of `step` at or after t. */
static int64_t round_up(int64_t t, int64_t step)
{
	int64_t past = t % step;

	return past > 0 ? t - past + step : t - past;
}

int boundary_readings_begin(struct boundary_readings *b, struct history *h,
			    int64_t interval, int64_t first, int64_t last,
			    struct err *e)
{
	const struct series_range *all = &b->extent.all;
	int rc;

	*b = (struct boundary_readings){ .h = h, .interval = interval };
	rc = series_extent_open(&b->source, h->db, e);
	if (rc == 0)
		rc = series_extent_read(&b->extent, &b->source, e);
	if (rc == 0)
		rc = stmt_open(&b->hour, h->db,
			       "SELECT max(ts) FROM counter_from "
			       "WHERE ts <= ?1",
			       e);
	if (rc == 0)
		rc = stmt_open(&b->next_hour, h->db,
			       "SELECT min(ts) FROM counter_from "
			       "WHERE ts > ?1",
			       e);
	if (rc < 0)
		return rc;
	b->t = first > all->first ? first : all->first;
	b->last = last < all->last ? last : all->last;
	b->hour_end = INT64_MIN;
	if (b->t <= b->last)
		b->t = round_up(b->t, interval);
	return 0;
}

void boundary_readings_end(struct boundary_readings *b)
{
	series_extent_close(&b->source);
	stmt_close(&b->hour);
	stmt_close(&b->next_hour);
}

/* Skip years without readings, which have no hours. */
static int find_hour(struct boundary_readings *b, struct err *e)
{
	int64_t hour, next;
	int rc;

	stmt_bind(&b->hour, 1, b->t);
	rc = stmt_value(&b->hour, INT64_MIN, &hour, e);
	b->hour_end = hour == INT64_MIN ? INT64_MIN : hour + HOUR_S;
	if (rc < 0 || b->t <= b->hour_end)
		return rc;
	stmt_bind(&b->next_hour, 1, b->t);
	rc = stmt_value(&b->next_hour, INT64_MAX, &next, e);
	if (rc < 0)
		return rc;
	b->t = next > b->last ? INT64_MAX : round_up(next, b->interval);
	b->hour_end = next > b->last ? INT64_MAX : next + HOUR_S;
	return 0;
}

static bool is_within(const struct series_range *r, int64_t t)
{
	return t >= r->first && t <= r->last;
}

/* Fill in the series of one medium. */
static int add_medium(struct boundary_readings *b, enum medium m,
		      struct boundary_reading *out, struct err *e)
{
	struct counter_point p;
	int rc;

	if (!is_within(&b->extent.medium[m], out->t))
		return 0;
	rc = history_at(b->h, m, out->t, &p, e);
	if (rc <= 0)
		return rc;
	out->have |= p.have;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (p.have >> s & 1)
			out->counter[s] = p.counter[s];
	if (m == MEDIUM_ELECTRICITY)
		out->gap_s = p.gap_s;
	return 0;
}

/* Read the next boundary, at which perhaps nothing is known. */
static int read_next(struct boundary_readings *b, struct boundary_reading *out,
		     struct err *e)
{
	int rc = 0;

	if (b->t <= b->last && b->t > b->hour_end)
		rc = find_hour(b, e);
	if (rc < 0 || b->t > b->last)
		return rc;
	*out = (struct boundary_reading){ .t = b->t, .gap_s = -1 };
	for (int m = 0; rc == 0 && m < MEDIUM_COUNT; m++)
		rc = add_medium(b, (enum medium)m, out, e);
	if (rc == 0)
		rc = history_peak(b->h, b->t - b->interval, b->t,
				  &out->max_w[0], &out->max_w[1], e);
	b->t += b->interval;
	return rc < 0 ? rc : 1;
}

int boundary_readings_next(struct boundary_readings *b,
			   struct boundary_reading *out, struct err *e)
{
	int rc;

	do
		rc = read_next(b, out, e);
	while (rc > 0 && out->have == 0);
	return rc;
}
