#include "rrd/steps.h"

#include "base/utc.h"

enum {
	SLOWER = 3,
	STEPS_AN_HOUR = HOUR_S / ARCHIVES_STEP,
	LONG_GAP = 40 * DAY_S, /* nobody reads a meter this rarely on purpose */
};

int64_t steps_value(const struct step *s, const struct column *c)
{
	if (c->from == COLUMN_PEAK)
		return s->peak[c->peak];
	return s->have >> c->series & 1 ? s->amount[c->series] * STEPS_AN_HOUR
					: -1;
}

int64_t steps_boundary(int64_t t)
{
	return t - (t % ARCHIVES_STEP + ARCHIVES_STEP) % ARCHIVES_STEP;
}

/*
 * Is the interval around p a gap? Looks only at readings before it, so that
 * later readings do not change the answer. The interval is regular only if
 * readings are as sparse at three points before it: one reading during an
 * outage is not enough.
 */
static int find_gap(struct steps *f, const struct counter_point *p, bool *gap,
		    struct err *e)
{
	struct counter_point before;

	*gap = p->gap_s > archives_gap(f->medium);
	if (!*gap || p->gap_s > LONG_GAP)
		return 0;
	for (int i = 1; i <= SLOWER; i++) {
		int rc = history_at(f->h, f->medium, p->t - i * p->gap_s,
				    &before, e);

		if (rc <= 0 || before.gap_s * SLOWER < p->gap_s)
			return rc < 0 ? rc : 0;
	}
	*gap = false;
	return 0;
}

static int stand_at(struct steps *f, int64_t t, struct err *e)
{
	int rc = history_at(f->h, f->medium, t, &f->at, e);

	f->gap = false;
	f->quiet = t;
	if (rc > 0 && find_gap(f, &f->at, &f->gap, e) < 0)
		return e->code;
	if (f->gap && f->at.gap_s > LONG_GAP &&
	    history_after(f->h, f->medium, t, &f->quiet, e) < 0)
		return e->code;
	return rc;
}

/*
 * Nothing is known between two readings that are far apart: one unknown step
 * stands for all of them, since librrd treats steps longer than
 * ARCHIVES_HEARTBEAT as unknown.
 */
static bool is_quiet(struct steps *f, struct step *out)
{
	int64_t until = f->quiet < f->last ? f->quiet : f->last;
	int64_t end = steps_boundary(until - ARCHIVES_STEP);

	if (end <= f->at.t)
		return false;
	*out = (struct step){ .t = end, .peak = { -1, -1 } };
	f->at.t = end;
	return true;
}

int steps_begin(struct steps *f, struct history *h, enum medium m, int64_t from,
		struct err *e)
{
	int64_t first;
	int rc;

	*f = (struct steps){ .h = h, .medium = m };
	rc = history_extent(h, m, &first, &f->last, e);
	return rc > 0 ? stand_at(f, from, e) : rc;
}

static void take_amounts(struct step *out, const struct counter_point *from,
			 const struct counter_point *to)
{
	out->have = from->have & to->have;
	for (int s = 0; s < SERIES_COUNT; s++) {
		out->amount[s] = to->counter[s] - from->counter[s];
		if (out->amount[s] < 0)
			out->have &= ~(UINT32_C(1) << s);
	}
}

/*
 * Cron's readings may come just before one boundary and just after the next:
 * the step between has none, so the reading after it is used.
 */
static int take_peaks(struct steps *f, int64_t from, bool gap, struct step *out,
		      struct err *e)
{
	int64_t *import = &out->peak[PEAK_IMPORT];
	int64_t *export = &out->peak[PEAK_EXPORT];
	int rc = history_peak(f->h, from, out->t, import, export, e);

	if (rc == 0 && !gap && *import < 0 && *export < 0)
		rc = history_peak_after(f->h, out->t, import, export, e);
	return rc;
}

int steps_next(struct steps *f, struct step *out, struct err *e)
{
	struct counter_point from = f->at;
	bool gap = f->gap;
	int64_t end = from.t + ARCHIVES_STEP;
	int rc;

	if (end > f->last)
		return 0;
	if (is_quiet(f, out))
		return 1;
	rc = stand_at(f, end, e);
	if (rc <= 0)
		return rc;
	*out = (struct step){ .t = end, .peak = { -1, -1 } };
	gap |= f->gap;
	if (!gap)
		take_amounts(out, &from, &f->at);
	if (f->medium == MEDIUM_ELECTRICITY)
		rc = take_peaks(f, from.t, gap, out, e);
	return rc < 0 ? rc : 1;
}
