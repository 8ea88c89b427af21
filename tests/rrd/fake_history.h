/*
 * A journal of a few readings in memory, in place of storage/history/history.c:
 * the functions that the room rrd calls. One counter and one peak per reading.
 */
#ifndef TESTS_RRD_FAKE_HISTORY_H
#define TESTS_RRD_FAKE_HISTORY_H

#include <string.h>

#include "storage/history/history.h"

enum { FAKE_READINGS = 20000, FAKE_CHANGES = 100 };

struct fake_reading {
	int64_t ts, counter, peak; /* peak -1: none */
};

struct history {
	struct {
		struct fake_reading r[FAKE_READINGS];
		int n;
		struct change change[FAKE_CHANGES];
		int changes;
		uint32_t have; /* series that its meter counts */
	} of[MEDIUM_COUNT];
	int64_t id; /* of the last change */
	int asked;  /* number of calls of history_at */
};

static struct history fake;

static inline void fake_clear(void)
{
	memset(&fake, 0, sizeof(fake));
	fake.of[MEDIUM_ELECTRICITY].have =
		UINT32_C(1) << SERIES_IMPORT | UINT32_C(1) << SERIES_EXPORT;
	fake.of[MEDIUM_GAS].have = UINT32_C(1) << SERIES_GAS;
}

/*
 * Insert a reading in order of time; a second one of the same time is ignored.
 */
static inline void fake_put(enum medium m, int64_t ts, int64_t counter,
			    int64_t peak)
{
	struct fake_reading *r = fake.of[m].r;
	int i = fake.of[m].n;

	while (i > 0 && r[i - 1].ts > ts)
		i--;
	if (i > 0 && r[i - 1].ts == ts)
		return;
	memmove(r + i + 1, r + i, (size_t)(fake.of[m].n++ - i) * sizeof(*r));
	r[i] = (struct fake_reading){ ts, counter, peak };
}

/* Record a commit that wrote readings from min_ts to max_ts. */
static inline void fake_commit(enum medium m, int64_t min_ts, int64_t max_ts)
{
	fake.of[m].change[fake.of[m].changes++] =
		(struct change){ ++fake.id, min_ts, max_ts };
}

int history_hold(struct history *h, struct err *e)
{
	(void)h;
	(void)e;
	return 0;
}

void history_release(struct history *h)
{
	(void)h;
}

int history_extent(struct history *h, enum medium m, int64_t *first,
		   int64_t *last, struct err *e)
{
	(void)e;
	if (h->of[m].n == 0)
		return 0;
	*first = h->of[m].r[0].ts;
	*last = h->of[m].r[h->of[m].n - 1].ts;
	return 1;
}

int history_after(struct history *h, enum medium m, int64_t t, int64_t *next,
		  struct err *e)
{
	(void)e;
	*next = INT64_C(4102444800);
	for (int i = h->of[m].n - 1; i >= 0 && h->of[m].r[i].ts > t; i--)
		*next = h->of[m].r[i].ts;
	return 0;
}

int history_at(struct history *h, enum medium m, int64_t t,
	       struct counter_point *out, struct err *e)
{
	const struct fake_reading *b = h->of[m].r, *end = b + h->of[m].n, *a;
	int64_t counter;

	(void)e;
	h->asked++;
	*out = (struct counter_point){ .t = t, .have = h->of[m].have };
	if (b == end)
		return 0;
	while (b + 1 < end && b[1].ts <= t)
		b++;
	a = b->ts < t && b + 1 < end ? b + 1 : b;
	counter = b->counter;
	if (a != b)
		counter += (a->counter - b->counter) * (t - b->ts) /
			   (a->ts - b->ts);
	out->gap_s = a->ts - b->ts;
	out->counter[m == MEDIUM_GAS ? SERIES_GAS : SERIES_IMPORT] = counter;
	return 1;
}

int history_peak(struct history *h, int64_t from, int64_t to, int64_t *import_w,
		 int64_t *export_w, struct err *e)
{
	(void)e;
	*import_w = *export_w = -1;
	for (int i = 0; i < h->of[MEDIUM_ELECTRICITY].n; i++) {
		const struct fake_reading *r = &h->of[MEDIUM_ELECTRICITY].r[i];

		if (r->ts > from && r->ts <= to && r->peak > *import_w)
			*import_w = r->peak;
	}
	return 0;
}

int history_peak_after(struct history *h, int64_t t, int64_t *import_w,
		       int64_t *export_w, struct err *e)
{
	const struct fake_reading *r = h->of[MEDIUM_ELECTRICITY].r;

	(void)e;
	while (r < h->of[MEDIUM_ELECTRICITY].r + h->of[MEDIUM_ELECTRICITY].n &&
	       r->ts < t)
		r++;
	*import_w = r->peak;
	*export_w = -1;
	return 0;
}

int history_changes(struct history *h, enum medium m, int64_t id,
		    struct change *out, struct err *e)
{
	int found = 0;

	(void)e;
	*out = (struct change){ 0, INT64_MAX, INT64_MIN };
	for (int i = 0; i < h->of[m].changes; i++) {
		const struct change *c = &h->of[m].change[i];

		out->id = c->id;
		if (c->id <= id)
			continue;
		found = 1;
		if (c->min_ts < out->min_ts)
			out->min_ts = c->min_ts;
		if (c->max_ts > out->max_ts)
			out->max_ts = c->max_ts;
	}
	return found;
}

#endif
