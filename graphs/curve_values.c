#include "graphs/curve_values.h"

#include <string.h>

#include "base/utc.h"
#include "storage/history/history_day.h"

/* A step in progress is drawn once it has lasted this long. */
enum { LEAST_S = 60 };

static int64_t difference(const struct counter_point *a,
			  const struct counter_point *b, enum series s)
{
	bool both = a->have >> s & b->have >> s & 1;

	return both ? b->counter[s] - a->counter[s] : 0;
}

static int load_sample(struct history *h, const struct counter_point *a,
		       const struct counter_point *b, struct sample *s,
		       struct err *e)
{
	int64_t out_w;

	s->seconds = b->t - a->t;
	s->import_wh = difference(a, b, SERIES_IMPORT);
	s->export_wh = difference(a, b, SERIES_EXPORT);
	return history_peak(h, a->t, b->t, &s->import_peak_w, &out_w, e);
}

/* The known time range around a step. */
struct extent {
	int64_t first, last; /* first and last reading */
	int64_t now;
};

static bool in_gap(const struct curve *c, int64_t t)
{
	for (size_t i = 0; i < c->gaps; i++)
		if (t > c->gap[i].from && t < c->gap[i].to)
			return true;
	return false;
}

/* The end of a step; a step in progress ends with the last reading. */
static int64_t end_of(const struct curve *c, const struct extent *x,
		      int64_t start)
{
	int64_t end = start + c->step;
	bool goes_on = start < x->last && x->last < end;

	return goes_on && !in_gap(c, x->last + 1) ? x->last : end;
}

static enum sample_state state_of(const struct curve *c, int64_t from,
				  int64_t to, const struct extent *x)
{
	if (from < x->first || to > x->now || to - from < LEAST_S)
		return SAMPLE_BLANK;
	if (in_gap(c, from) || in_gap(c, to) || in_gap(c, (from + to) / 2))
		return SAMPLE_GAP;
	return to > x->last ? SAMPLE_BLANK : SAMPLE_KNOWN;
}

static int point_at(struct history *h, int64_t t, struct counter_point *out,
		    struct err *e)
{
	int rc = history_at(h, MEDIUM_ELECTRICITY, t, out, e);

	out->t = t;
	return rc;
}

/* Fill the samples. Returns how many have no reading near, or a code. */
static int load_steps(struct history *h, int64_t near, const struct extent *x,
		      struct curve *c, struct err *e)
{
	struct counter_point a, b;
	int rc = point_at(h, c->start, &a, e), sparse = 0;

	memset(c->sample, 0, sizeof(c->sample));
	for (size_t i = 0; i < c->n && rc >= 0; i++, a = b) {
		struct sample *s = &c->sample[i];
		int64_t start = c->start + (int64_t)i * c->step;

		if (start > x->now)
			break;
		rc = point_at(h, end_of(c, x, start), &b, e);
		if (rc < 0)
			break;
		s->state = state_of(c, a.t, b.t, x);
		if (s->state == SAMPLE_KNOWN) {
			rc = load_sample(h, &a, &b, s, e);
			sparse += b.gap_s > near;
		}
	}
	return rc < 0 ? rc : sparse;
}

static int64_t energy_of(const struct gap *g, enum series s)
{
	return g->have >> s & 1 ? g->amount[s] : -1;
}

static void note_gap(void *ctx, const struct gap *g)
{
	struct curve *c = ctx;

	if (c->gaps < CURVE_GAPS)
		c->gap[c->gaps++] = (struct curve_gap){
			g->start,
			g->end,
			energy_of(g, SERIES_IMPORT),
			energy_of(g, SERIES_EXPORT),
		};
}

static int load_gaps(struct history *h, const struct range *r, int64_t now,
		     struct curve *c, struct err *e)
{
	struct gap open = { 0 };
	int rc = history_gaps(h, MEDIUM_ELECTRICITY, r->start, r->end,
			      GAP_LIST_SHORT_S, note_gap, c, e);

	if (rc >= 0)
		rc = history_open_gap(h, MEDIUM_ELECTRICITY, now, &open, e);
	if (rc > 0 && open.start < r->end && open.end > r->start)
		note_gap(c, &open);
	return rc < 0 ? rc : 0;
}

static void divide(struct curve *c, const struct range *r, int64_t step)
{
	c->start = r->start;
	c->step = step;
	c->n = (size_t)((r->end - r->start) / step);
	if (c->n > CURVE_MAX)
		c->n = CURVE_MAX;
}

/* Find the highest power, and the time of the reading that reported it. */
static int find_peak(struct history *h, struct curve *c, struct err *e)
{
	int64_t from = 0, recorded = -1;

	c->peak_w = -1;
	for (size_t i = 0; i < c->n; i++) {
		const struct sample *s = &c->sample[i];
		int64_t start = c->start + (int64_t)i * c->step;
		int64_t w = curve_values_power(s, s->import_wh);

		if (s->state != SAMPLE_KNOWN)
			continue;
		if (s->import_peak_w > c->peak_w && s->import_peak_w >= w) {
			recorded = c->peak_w = s->import_peak_w;
			from = start;
		} else if (w > c->peak_w) {
			c->peak_w = w;
			c->peak_at = start;
			recorded = -1;
		}
	}
	if (recorded < 0)
		return 0;
	/*
	 * A reading at the end of a step belongs to it; one at its start does
	 * not.
	 */
	return history_highest(h, from + 1, from + c->step + 1, &c->peak_at,
			       &c->peak_w, e);
}

int curve_values_load(struct history *h, const struct chart *c,
		      const struct range *r, int64_t now, struct curve *out,
		      struct err *e)
{
	struct extent x = { .now = now };
	int rc = history_extent(h, MEDIUM_ELECTRICITY, &x.first, &x.last, e);

	memset(out, 0, sizeof(*out));
	out->peak_w = -1;
	divide(out, r, c->step);
	if (rc <= 0)
		return rc;
	rc = load_gaps(h, r, now, out, e);
	if (rc == 0)
		rc = load_steps(h, c->gap_s, &x, out, e);
	if (rc > 0 && rc * c->step > (r->end - r->start) / 4) {
		divide(out, r, HOUR_S);
		rc = load_steps(h, c->gap_s, &x, out, e);
	}
	return rc < 0 ? rc : find_peak(h, out, e) < 0 ? e->code : 0;
}

int64_t curve_values_power(const struct sample *s, int64_t wh)
{
	return s->seconds > 0 ? wh * HOUR_S / s->seconds : 0;
}

size_t curve_values_count(const struct curve *c, enum sample_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->sample[i].state == state;
	return n;
}
