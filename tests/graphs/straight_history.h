/*
 * A history of straight lines in place of the journal, for tests that need
 * gaps at exact seconds: electricity at a constant power, read every `every`
 * seconds but not inside a hole.
 */
#ifndef TESTS_GRAPHS_STRAIGHT_HISTORY_H
#define TESTS_GRAPHS_STRAIGHT_HISTORY_H

#include <string.h>

#include "base/span.h"
#include "storage/history/history.h"
#include "storage/history/history_day.h"

struct history {
	int64_t first, last, every; /* readings, UTC and seconds */
	int64_t import_w, export_w;
	struct {
		int64_t from, to; /* both have a reading, none between */
	} hole[4];
	int64_t peak_at, peak_w; /* one reading with a higher import */
};

/* The distance of the readings around t; 0 if there is one at t. */
static int64_t fake_gap(const struct history *h, int64_t t)
{
	for (size_t i = 0; i < COUNT(h->hole); i++)
		if (t > h->hole[i].from && t < h->hole[i].to)
			return h->hole[i].to - h->hole[i].from;
	return t % h->every ? h->every : 0;
}

int history_extent(struct history *h, enum medium m, int64_t *first,
		   int64_t *last, struct err *e)
{
	(void)e;
	*first = h->first;
	*last = h->last;
	return m == MEDIUM_ELECTRICITY && h->last > h->first;
}

int history_at(struct history *h, enum medium m, int64_t t,
	       struct counter_point *out, struct err *e)
{
	int64_t first, last, at = t;

	memset(out, 0, sizeof(*out));
	if (!history_extent(h, m, &first, &last, e))
		return 0;
	at = at < first ? first : at > last ? last : at;
	out->t = t;
	out->have = 1u << SERIES_IMPORT | 1u << SERIES_EXPORT;
	out->counter[SERIES_IMPORT] = h->import_w * (at - first) / 3600;
	out->counter[SERIES_EXPORT] = h->export_w * (at - first) / 3600;
	out->gap_s = fake_gap(h, at);
	return 1;
}

int history_peak(struct history *h, int64_t from, int64_t to, int64_t *import_w,
		 int64_t *export_w, struct err *e)
{
	(void)e;
	*import_w =
		h->peak_at > from && h->peak_at <= to ? h->peak_w : h->import_w;
	*export_w = h->export_w;
	return 0;
}

int history_highest(struct history *h, int64_t from, int64_t to, int64_t *at,
		    int64_t *watt, struct err *e)
{
	bool in = h->peak_at >= from && h->peak_at < to;

	(void)e;
	*at = in ? h->peak_at : from;
	*watt = in ? h->peak_w : h->import_w;
	return 1;
}

int history_gaps(struct history *h, enum medium m, int64_t from, int64_t to,
		 int64_t shortest, void (*row)(void *ctx, const struct gap *g),
		 void *ctx, struct err *e)
{
	(void)m;
	(void)e;
	for (size_t i = 0; i < COUNT(h->hole); i++) {
		struct gap g = { .start = h->hole[i].from,
				 .end = h->hole[i].to,
				 .have = 1u << SERIES_IMPORT };

		g.amount[SERIES_IMPORT] =
			h->import_w * (g.end - g.start) / 3600;
		if (g.start < to && g.end > from && g.end - g.start > shortest)
			row(ctx, &g);
	}
	return 0;
}

int history_open_gap(struct history *h, enum medium m, int64_t now,
		     struct gap *g, struct err *e)
{
	(void)m;
	(void)e;
	*g = (struct gap){ .start = h->last, .end = now, .open = true };
	return h->last > h->first && now - h->last > GAP_LIST_SHORT_S;
}

/* Only days, of 24 hours from `first`: the tests need no more. */
static int64_t walk_at, walk_to;

int history_begin(struct history *h, enum period p, int64_t from, int64_t to,
		  struct err *e)
{
	(void)h;
	(void)p;
	(void)e;
	walk_at = from;
	walk_to = to;
	return 0;
}

int history_next(struct history *h, struct consumption *out, struct err *e)
{
	struct counter_point a, b;

	memset(out, 0, sizeof(*out));
	memset(out->gap_s, -1, sizeof(out->gap_s));
	if (walk_at >= walk_to || walk_at >= h->last)
		return 0;
	out->start = walk_at;
	out->end = walk_at += 86400;
	history_at(h, MEDIUM_ELECTRICITY, out->start, &a, e);
	history_at(h, MEDIUM_ELECTRICITY, out->end, &b, e);
	out->have = a.have;
	for (int s = 0; s < SERIES_COUNT; s++)
		out->amount[s] = b.counter[s] - a.counter[s];
	out->gap_s[MEDIUM_ELECTRICITY] = a.gap_s > b.gap_s ? a.gap_s : b.gap_s;
	return 1;
}

#endif
