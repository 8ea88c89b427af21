#include "graphs/curve_values.h"

#include <string.h>

#include "base/utc.h"

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
	s->state = SAMPLE_KNOWN;
	s->import_wh = difference(a, b, SERIES_IMPORT);
	s->export_wh = difference(a, b, SERIES_EXPORT);
	return history_peak(h, a->t, b->t, &s->import_peak_w, &s->export_peak_w,
			    e);
}

/* The known time range around a step. */
struct extent {
	int64_t first, last; /* first and last reading */
	int64_t now;
	int64_t gap_s; /* readings further apart enclose a gap */
};

static enum sample_state state_of(const struct counter_point *a,
				  const struct counter_point *b,
				  const struct extent *x)
{
	bool ended = x->last < x->now - x->gap_s; /* readings are overdue */

	if (a->t < x->first || b->t > x->now || (b->t > x->last && !ended))
		return SAMPLE_BLANK;
	return b->t > x->last || a->gap_s > x->gap_s || b->gap_s > x->gap_s
		       ? SAMPLE_GAP
		       : SAMPLE_KNOWN;
}

static int load_steps(struct history *h, const struct extent *x,
		      struct curve *c, struct err *e)
{
	struct counter_point a, b;
	int rc = history_at(h, MEDIUM_ELECTRICITY, c->start, &a, e);

	for (size_t i = 0; i < c->n && rc >= 0; i++, a = b) {
		struct sample *s = &c->sample[i];

		a.t = c->start + (int64_t)i * c->step;
		rc = history_at(h, MEDIUM_ELECTRICITY, a.t + c->step, &b, e);
		if (rc < 0)
			break;
		b.t = a.t + c->step;
		s->state = state_of(&a, &b, x);
		if (s->state == SAMPLE_KNOWN)
			rc = load_sample(h, &a, &b, s, e);
	}
	return rc < 0 ? rc : 0;
}

static int load(struct history *h, const struct range *r, int64_t step,
		const struct extent *x, struct curve *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->start = r->start;
	out->step = step;
	out->n = (size_t)((r->end - r->start) / step);
	if (out->n > CURVE_MAX)
		out->n = CURVE_MAX;
	return load_steps(h, x, out, e);
}

static int64_t seconds_known(const struct curve *c)
{
	return (int64_t)curve_values_count(c, SAMPLE_KNOWN) * c->step;
}

int curve_values_load(struct history *h, const struct chart *c,
		      const struct range *r, int64_t now, struct curve *out,
		      struct err *e)
{
	struct extent x = { .now = now, .gap_s = c->gap_s };
	struct curve hourly;
	int rc = history_extent(h, MEDIUM_ELECTRICITY, &x.first, &x.last, e);

	if (rc == 0)
		x.first = INT64_MAX;
	if (rc < 0 || (rc = load(h, r, c->step, &x, out, e)) < 0)
		return rc;
	if (curve_values_count(out, SAMPLE_GAP) == 0)
		return 0;
	x.gap_s = 2 * HOUR_S;
	rc = load(h, r, HOUR_S, &x, &hourly, e);
	if (rc == 0 && seconds_known(&hourly) >
			       seconds_known(out) + (r->end - r->start) / 4)
		*out = hourly;
	return rc;
}

int64_t curve_values_power(const struct curve *c, int64_t wh)
{
	return wh * HOUR_S / c->step;
}

int64_t curve_values_highest(const struct curve *c, int64_t *at)
{
	int64_t highest = -1;

	for (size_t i = 0; i < c->n; i++) {
		const struct sample *s = &c->sample[i];
		int64_t w = curve_values_power(c, s->import_wh);

		if (s->state == SAMPLE_KNOWN && s->import_peak_w > w)
			w = s->import_peak_w;
		if (s->state == SAMPLE_KNOWN && w > highest) {
			highest = w;
			*at = c->start + (int64_t)i * c->step;
		}
	}
	return highest;
}

/*
 * The import of n steps from i on; -1 if any of them has export or is unknown.
 */
static int64_t import_alone(const struct curve *c, size_t i, size_t n)
{
	int64_t sum = 0;

	for (; n > 0; n--, i++) {
		if (c->sample[i].state != SAMPLE_KNOWN ||
		    c->sample[i].export_wh > 0)
			return -1;
		sum += c->sample[i].import_wh;
	}
	return sum;
}

int64_t curve_values_lowest(const struct curve *c)
{
	size_t hour = (size_t)(HOUR_S / c->step);
	int64_t lowest = -1;

	for (size_t i = 0; i + hour <= c->n; i += hour) {
		int64_t wh = import_alone(c, i, hour);

		if (wh >= 0 && (lowest < 0 || wh < lowest))
			lowest = wh;
	}
	return lowest;
}

size_t curve_values_count(const struct curve *c, enum sample_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->sample[i].state == state;
	return n;
}
