#include "graphs/bar_values.h"

#include <string.h>

enum { SLOWER = 3 };

/*
 * Is the interval gap_s around an end of the bar longer than usual for the
 * meter? A meter that is read once a day has no gaps for that reason: the
 * readings before were as sparse.
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

int bar_values_load(struct history *h, const struct chart *c,
		    const struct range *r, struct bars *out, struct err *e)
{
	enum medium m = c->subject->medium;
	struct consumption u;
	int rc = history_extent(h, m, &out->first, &out->last, e);

	out->n = 0;
	if (rc > 0)
		rc = history_begin(h, c->bar, r->start, r->end, e);
	else
		return rc;
	while (rc >= 0 && out->n < BARS_MAX &&
	       (rc = history_next(h, &u, e)) > 0)
		if (u.gap_s[m] >= 0)
			out->bar[out->n++].consumed = u;
	for (size_t i = 0; i < out->n && rc >= 0; i++)
		rc = find_guessed(h, c, &out->bar[i], e);
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
