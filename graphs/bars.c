#include "graphs/bars.h"

#include <string.h>

int bars_load(struct history *h, const struct chart *c, const struct range *r,
	      struct bars *out, struct err *e)
{
	enum medium m = c->subject->medium;
	struct usage u;
	int rc = history_extent(h, m, &out->first, &out->last, e);

	out->n = 0;
	if (rc > 0)
		rc = history_begin(h, c->bar, r->start, r->end, e);
	while (rc >= 0 && out->n < BARS_MAX &&
	       (rc = history_next(h, &u, e)) > 0)
		if (u.gap_s[m] >= 0)
			out->bar[out->n++] = u;
	return rc < 0 ? rc : 0;
}

static void add_up(struct usage *sum, const struct usage *u)
{
	sum->end = u->end;
	sum->have |= u->have;
	for (int s = 0; s < SERIES_COUNT; s++)
		if (bars_has(u, (enum series)s))
			sum->amount[s] += u->amount[s];
	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (u->gap_s[m] > sum->gap_s[m])
			sum->gap_s[m] = u->gap_s[m];
}

int bars_total(struct history *h, enum medium m, const struct range *r,
	       struct usage *out, struct err *e)
{
	static const enum period parts[RANGE_COUNT] = {
		[RANGE_DAY] = PERIOD_DAY,
		[RANGE_WEEK] = PERIOD_DAY,
		[RANGE_MONTH] = PERIOD_MONTH,
		[RANGE_YEAR] = PERIOD_YEAR,
	};
	struct usage u;
	int rc;

	memset(out, 0, sizeof(*out));
	memset(out->gap_s, -1, sizeof(out->gap_s));
	out->start = out->end = r->start;
	rc = history_begin(h, parts[r->kind], r->start, r->end, e);
	while (rc >= 0 && (rc = history_next(h, &u, e)) > 0)
		add_up(out, &u);
	return rc < 0 ? rc : out->gap_s[m] >= 0;
}

bool bars_guessed(const struct chart *c, const struct usage *u)
{
	return u->gap_s[c->subject->medium] > c->gap_s;
}
