/* Logs in a telegram: power failures, and the peaks of months. */
#include "base/fixed.h"
#include "base/swar.h"
#include "telegram/lines.h"
#include "telegram/parse_parts.h"
#include "telegram/parse_timestamp.h"

/* Twelve digits and a letter: a time, possibly one that means "none". */
static bool is_time(struct span s)
{
	enum { DIGITS = 12 };

	return s.n == DIGITS + 1 &&
	       (swar_no_digit(swar_digits(swar_at(s.p))) |
		swar_no_digit(swar_digits(swar_at(s.p + DIGITS - 8)))) == 0;
}

/* A time and a number of seconds, in this order, are a failure. */
static void failure_group(struct parse *p, struct span g, struct failure *f)
{
	struct reading *r = p->r;
	struct printed seconds;

	if (is_time(g)) {
		f->end = parse_timestamp(g, p->base);
		return;
	}
	if (f->end.kind == TIMESTAMP_NONE)
		return;
	seconds = printed_split(g);
	if (seconds.valid) {
		f->seconds = fixed_count(seconds.fixed, 0);
		r->failure[r->failures++] = *f;
	}
	f->end.kind = TIMESTAMP_NONE;
}

/* (count)(0-0:96.7.19), both unreliable, then pairs. */
bool failures_line(struct parse *p, const struct known_line *l)
{
	struct failure f = { .end = { .kind = TIMESTAMP_NONE } };
	struct span g = l->value, more = l->more;
	bool is = true;

	for (; is && p->r->failures < FAILURES_MAX;
	     is = telegram_group(&more, &g))
		failure_group(p, g, &f);
	return p->r->failures > 0;
}

/* Keep the latest months, sorted; meters send them in any order. */
static void insert(struct reading *r, const struct peak *peak)
{
	int i = r->peaks;

	while (i > 0 && r->peak[i - 1].month_end.utc > peak->month_end.utc)
		i--;
	if (r->peaks < PEAKS_MAX)
		memmove(r->peak + i + 1, r->peak + i,
			(size_t)(r->peaks++ - i) * sizeof(*peak));
	else if (i-- > 0)
		memmove(r->peak, r->peak + 1, (size_t)i * sizeof(*peak));
	else
		return;
	r->peak[i] = *peak;
}

bool peaks_line(struct parse *p, const struct known_line *l)
{
	struct span groups = l->more, month, time, value;
	struct peak peak;

	/*
	 * Hungary's month-close profile has this reference and starts with a
	 * time.
	 */
	if (is_time(l->value))
		return false;
	telegram_group(&groups, &value);
	telegram_group(&groups, &value);
	while (telegram_group(&groups, &month) &&
	       telegram_group(&groups, &time) &&
	       telegram_group(&groups, &value)) {
		peak.month_end = parse_timestamp(month, p->base);
		peak.time = parse_timestamp(time, p->base);
		if (peak.month_end.kind == TIMESTAMP_UTC &&
		    peak.time.kind == TIMESTAMP_UTC &&
		    printed_count(printed_split(value), UNIT_W, &peak.w))
			insert(p->r, &peak);
	}
	return p->r->peaks > 0;
}
