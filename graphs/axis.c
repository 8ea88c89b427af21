#include "graphs/axis.h"

#include "base/localday.h"

int axis_lines(const struct drawing *d)
{
	double letters = draw_letter_size(d->width, d->height);
	int lines = (int)((d->height - 85 * letters) / (24 * letters));

	return lines < 4 ? 4 : lines > 10 ? 10 : lines;
}

static const char *labels_of(const struct range *r, int width)
{
	bool changes = r->end - r->start != DAY_S;

	switch (r->kind) {
	case RANGE_DAY:
		/*
		 * librrd steps in equal hours from midnight and would continue
		 * with 3, 5, 7 after a clock change: label every hour, or the
		 * middle of every two.
		 */
		if (changes)
			return width < 700 ? "HOUR:2:7200:%H" : "HOUR:1:0:%H";
		return "HOUR:2:0:%H";
	case RANGE_WEEK:
		return width < 600 ? "DAY:1:86400:%a" : "DAY:1:86400:%a %-d";
	case RANGE_MONTH:
		return width < 600 ? "DAY:5:86400:%-d" : "DAY:1:86400:%-d";
	default:
		return "MONTH:1:2678400:%b";
	}
}

static void add_rule(struct drawing *d, int64_t at)
{
	if (d->rules < RULES_MAX)
		d->rule[d->rules++].at = at;
}

void axis_set(struct drawing *d, const struct range *r)
{
	struct civil c = localday_civil(r->start);

	d->labels = labels_of(r, d->width);
	if (r->kind == RANGE_DAY)
		for (int64_t t = r->start; t <= r->end; t += HOUR_S) {
			if (localday_civil(t).hour % 2 == 0)
				add_rule(d, t);
		}
	if (r->kind == RANGE_WEEK)
		for (int i = 0; i <= 7; i++)
			add_rule(d, localday_day_start(c.year, c.month,
						       c.day + i));
	if (r->kind == RANGE_MONTH)
		for (int64_t t = range_monday(r->start); t < r->end;
		     t = range_monday(t))
			add_rule(d, t);
}
