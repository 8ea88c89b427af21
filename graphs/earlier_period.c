#include "graphs/earlier_period.h"

#include <string.h>

#include "base/localday.h"
#include "graphs/bar_values.h"

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

size_t earlier_period_slot(const struct range *r, int64_t t)
{
	struct civil c = localday_civil(t);

	return (size_t)(r->kind == RANGE_DAY	 ? c.hour
			: r->kind == RANGE_MONTH ? c.day - 1
						 : c.month - 1);
}

/* Find the consumption of a series between two instants. */
static int amount_of(struct history *h, const struct chart *c, int64_t from,
		     int64_t to, int64_t *out, struct err *e)
{
	enum series s = c->subject->up;
	struct counter_point a, b;
	int rc = history_at(h, c->subject->medium, from, &a, e);

	if (rc > 0)
		rc = history_at(h, c->subject->medium, to, &b, e);
	if (rc <= 0)
		return rc;
	*out = a.have & b.have & UINT32_C(1) << s ? b.counter[s] - a.counter[s]
						  : 0;
	return 0;
}

/* The midnight at or before t. */
static int64_t midnight(int64_t t)
{
	struct civil c = localday_civil(t);

	return localday_day_start(c.year, c.month, c.day);
}

/* The same day of the calendar in another range of the same kind. */
static int64_t same_day(const struct range *from, int64_t day,
			const struct range *to)
{
	struct civil c = localday_civil(day), b = localday_civil(to->start);
	int64_t t;

	if (day >= from->end)
		return to->end;
	if (from->kind == RANGE_WEEK)
		t = localday_day_start(
			b.year, b.month,
			b.day + (int)((day - from->start + DAY_S / 2) / DAY_S));
	else
		t = localday_day_start(
			b.year, from->kind == RANGE_YEAR ? c.month : b.month,
			c.day);
	return least(t, to->end);
}

/*
 * Compare whole days: those that have ended in this range and are known in the
 * earlier one.
 */
static int add_up_days(struct history *h, const struct chart *c,
		       const struct range *r, const struct range *before,
		       int64_t first, int64_t last, struct earlier_period *out,
		       struct err *e)
{
	int64_t since = before->start, to = least(r->end, midnight(last));
	int rc;

	if (first > since) {
		struct civil d = localday_civil(first - 1);

		since = localday_day_start(d.year, d.month, d.day + 1);
		out->since = since;
	}
	out->from = same_day(before, since, r);
	out->to = to;
	to = same_day(r, to, before);
	if (since >= to || out->from >= out->to)
		return 0;
	rc = amount_of(h, c, out->from, out->to, &out->now, e);
	if (rc == 0)
		rc = amount_of(h, c, since, to, &out->before, e);
	out->sums = rc == 0 && out->before > 0;
	return rc;
}

static int fill_slots(struct history *h, const struct chart *c,
		      const struct range *before, struct earlier_period *out,
		      struct err *e)
{
	const struct subject *s = c->subject;
	struct bars bars;
	int rc = bar_values_load(h, c, c->bar, before, &bars, e);

	for (size_t i = 0; i < bars.n && rc == 0; i++) {
		const struct bar *b = &bars.bar[i];
		size_t slot = earlier_period_slot(before, b->consumed.start);

		if (!bar_values_complete(&bars, b) || slot >= EARLIER_SLOTS)
			continue;
		out->slot[slot].known = true;
		out->slot[slot].up = bar_values_amount(b, s->up);
		out->slot[slot].down =
			s->down < 0
				? 0
				: bar_values_amount(b, (enum series)s->down);
		out->slots = EARLIER_SLOTS;
	}
	return rc;
}

static int with_earlier(struct history *h, const struct chart *c,
			const struct range *r, int64_t first, int64_t last,
			struct earlier_period *out, struct err *e)
{
	struct range before =
		r->kind == RANGE_WEEK ? range_before(r) : range_year_before(r);
	int rc;

	if (first >= before.end)
		return 0;
	rc = add_up_days(h, c, r, &before, first, last, out, e);
	if (rc == 0 && r->kind != RANGE_WEEK)
		rc = fill_slots(h, c, &before, out, e);
	return rc;
}

/*
 * Is the counter at an instant known, and not interpolated over more than an
 * hour? Returns 1, 0 or a negative code.
 */
static int is_measured(struct history *h, const struct chart *c, int64_t t,
		       struct err *e)
{
	struct counter_point p;
	int rc = history_at(h, c->subject->medium, t, &p, e);

	if (rc <= 0)
		return rc;
	return p.gap_s <= HOUR_S || p.gap_s <= c->gap_s;
}

static int with_usual(struct history *h, const struct chart *c,
		      const struct range *r, int64_t last,
		      struct earlier_period *out, struct err *e)
{
	const struct subject *s = c->subject;
	const struct usual_day *u = &out->usual;
	const struct usual_day_amounts *sum =
		last < r->end ? &u->until : &u->whole;
	int rc = history_usual_day(h, r->start, last, &out->usual, e);

	if (rc < 0 || u->days[s->medium] == 0)
		return rc;
	out->usual_power = s->medium == MEDIUM_ELECTRICITY;
	for (size_t i = 0; i < USUAL_DAY_HOURS; i++) {
		out->slot[i].known = u->hour[i].have >> s->up & 1;
		out->slot[i].up = u->hour[i].amount[s->up];
	}
	out->slots = USUAL_DAY_HOURS;
	out->from = r->start;
	out->to = least(last, r->end);
	out->before = sum->amount[s->up];
	rc = is_measured(h, c, out->from, e);
	if (rc > 0)
		rc = is_measured(h, c, out->to, e);
	if (rc <= 0)
		return rc;
	rc = amount_of(h, c, out->from, out->to, &out->now, e);
	out->sums = rc == 0 && (sum->have >> s->up & 1) && out->before > 0 &&
		    out->to > out->from;
	return rc;
}

int earlier_period_load(struct history *h, const struct chart *c,
			const struct range *r, int64_t now,
			struct earlier_period *out, struct err *e)
{
	int64_t first, last;
	int rc = history_extent(h, c->subject->medium, &first, &last, e);

	memset(out, 0, sizeof(*out));
	if (rc <= 0)
		return rc;
	last = least(last, now);
	return r->kind == RANGE_DAY
		       ? with_usual(h, c, r, last, out, e)
		       : with_earlier(h, c, r, first, last, out, e);
}
