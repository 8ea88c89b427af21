/* Logs in a telegram: power failures, and the peaks of months. */
#include "base/fixed.h"
#include "telegram/lines.h"
#include "telegram/parse_parts.h"

/* Twelve digits and a letter: a time, possibly one that means "none". */
static bool is_time(struct span s)
{
	size_t n = 0;

	if (s.n != 13)
		return false;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n == 12;
}

bool failures_line(struct parse *p, struct span groups)
{
	struct reading *r = p->r;
	struct failure f = { .end = { .kind = TIMESTAMP_NONE } };
	struct span g;

	/* (count)(0-0:96.7.19), both unreliable, then pairs. */
	while (r->failures < FAILURES_MAX && telegram_group(&groups, &g)) {
		if (is_time(g)) {
			f.end = timestamp_parse(g, p->base);
			continue;
		}
		if (f.end.kind != TIMESTAMP_NONE &&
		    fixed_parse(printed_split(g).number, 0, &f.seconds))
			r->failure[r->failures++] = f;
		f.end.kind = TIMESTAMP_NONE;
	}
	return r->failures > 0;
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

bool peaks_line(struct parse *p, struct span groups)
{
	struct span count, month, time, value;
	struct peak peak;

	/*
	 * Hungary's month-close profile has this reference and starts with a
	 * time.
	 */
	if (!telegram_group(&groups, &count) || is_time(count))
		return false;
	telegram_group(&groups, &value);
	telegram_group(&groups, &value);
	while (telegram_group(&groups, &month) &&
	       telegram_group(&groups, &time) &&
	       telegram_group(&groups, &value)) {
		peak.month_end = timestamp_parse(month, p->base);
		peak.time = timestamp_parse(time, p->base);
		if (peak.month_end.kind == TIMESTAMP_UTC &&
		    peak.time.kind == TIMESTAMP_UTC &&
		    printed_count(printed_split(value), UNIT_W, &peak.w))
			insert(p->r, &peak);
	}
	return p->r->peaks > 0;
}
