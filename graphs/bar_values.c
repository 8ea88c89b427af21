#include "graphs/bar_values.h"

#include <string.h>

#include "storage/history/history_day.h"

enum { SLOWER = 3 };

/*
 * Is the interval gap_s around an end of the bar longer than usual for the
 * meter? A meter that is read once a day has no gaps, since the readings before
 * were as sparse.
 */
static int find_guessed(struct history *h, const struct chart *c, struct bar *b,
			struct err *e)
{
	int64_t gap_s = b->consumed.gap_s[c->subject->medium];
	struct counter_point before;

	b->guessed = gap_s > c->gap_s;
	for (int i = 1; b->guessed && i <= SLOWER; i++) {
		int rc = history_at(h, c->subject->medium,
				    b->consumed.start - i * gap_s, &before, e);

		if (rc <= 0 || before.gap_s * SLOWER < gap_s)
			return rc < 0 ? rc : 0;
	}
	b->guessed = false;
	return 0;
}

int bar_values_load(struct history *h, const struct chart *c, enum period p,
		    const struct range *r, struct bars *out, struct err *e)
{
	enum medium m = c->subject->medium;
	struct consumption u;
	int rc = history_extent(h, m, &out->first, &out->last, e);

	out->n = out->gaps = 0;
	if (rc > 0)
		rc = history_begin(h, p, r->start, r->end, e);
	else
		return rc;
	while (rc >= 0 && out->n < BARS_MAX &&
	       (rc = history_next(h, &u, e)) > 0)
		if (u.gap_s[m] >= 0)
			out->bar[out->n++] = (struct bar){ .consumed = u };
	return rc;
}

static void note_gap(void *ctx, const struct gap *g)
{
	struct bars *b = ctx;

	if (b->gaps < BAR_GAPS)
		b->gap[b->gaps++] = (struct bar_gap){ g->start, g->end };
}

static int64_t overlap(const struct bar_gap *g, const struct consumption *u)
{
	int64_t from = g->from > u->start ? g->from : u->start;
	int64_t to = g->to < u->end ? g->to : u->end;

	return to > from ? to - from : 0;
}

static bool misses_a_quarter(const struct bars *all, const struct bar *b)
{
	int64_t missing = 0;

	for (size_t i = 0; i < all->gaps; i++)
		missing += overlap(&all->gap[i], &b->consumed);
	return missing * 4 >= b->consumed.end - b->consumed.start;
}

int bar_values_load_gaps(struct history *h, const struct chart *c,
			 const struct range *r, struct bars *out, struct err *e)
{
	int rc = bar_values_load(h, c, c->bar, r, out, e);

	if (rc == 0)
		rc = history_gaps(h, c->subject->medium, r->start, r->end,
				  GAP_LIST_LONG_S, note_gap, out, e);
	for (size_t i = 0; i < out->n && rc >= 0; i++) {
		struct bar *b = &out->bar[i];

		/* A guessed boundary says little about a whole month. */
		if (c->bar != PERIOD_MONTH)
			rc = find_guessed(h, c, b, e);
		b->guessed = b->guessed || misses_a_quarter(out, b);
	}
	return rc < 0 ? rc : 0;
}

static void add_up(struct consumption *sum, const struct consumption *u)
{
	sum->end = u->end;
	sum->have |= u->have;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (u->have >> s & 1)
			sum->amount[s] += u->amount[s];
	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (u->gap_s[m] > sum->gap_s[m])
			sum->gap_s[m] = u->gap_s[m];
}

int bar_values_total(struct history *h, const struct chart *c,
		     const struct range *r, struct bar *out, struct err *e)
{
	static const enum period parts[RANGE_COUNT] = {
		[RANGE_DAY] = PERIOD_DAY,
		[RANGE_WEEK] = PERIOD_DAY,
		[RANGE_MONTH] = PERIOD_MONTH,
		[RANGE_YEAR] = PERIOD_YEAR,
	};
	struct consumption u;
	int rc;

	memset(out, 0, sizeof(*out));
	memset(out->consumed.gap_s, -1, sizeof(out->consumed.gap_s));
	out->consumed.start = out->consumed.end = r->start;
	rc = history_begin(h, parts[r->kind], r->start, r->end, e);
	while (rc >= 0 && (rc = history_next(h, &u, e)) > 0)
		add_up(&out->consumed, &u);
	if (rc < 0 || find_guessed(h, c, out, e) < 0)
		return e->code;
	return out->consumed.gap_s[c->subject->medium] >= 0;
}
