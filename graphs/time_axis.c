#include "graphs/time_axis.h"

#include <math.h>
#include <stdio.h>

#include "base/dates.h"
#include "base/localday.h"
#include "graphs/number_format.h"

double time_axis_at(const struct range *r, int64_t t)
{
	return (double)(t - r->start) / (double)(r->end - r->start);
}

static struct label *add_label(struct drawing *d, double at)
{
	struct label *l = &d->label[d->labels];

	if (d->labels == LABELS_MAX)
		return NULL;
	*l = (struct label){ .at = at };
	d->labels++;
	return l;
}

static void add_rule(struct drawing *d, double at)
{
	if (d->rules < RULES_MAX)
		d->rule[d->rules++] = at;
}

/* Even hours of the clock; below bars at the middle of the hour. */
static void hours(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	bool bars = f->q.chart->shape == CHART_BARS;
	int every = drawing_is_small(d) ? 4 : 2;

	for (int64_t t = r->start; t <= r->end; t += HOUR_S) {
		int hour = t == r->end ? 24 : localday_civil(t).hour;
		struct label *l;

		if (hour % every != 0 || (bars && t == r->end))
			continue;
		l = add_label(d, time_axis_at(r, bars ? t + HOUR_S / 2 : t));
		if (l != NULL)
			snprintf(l->text, sizeof(l->text), "%02d", hour);
		if (!bars)
			add_rule(d, time_axis_at(r, t));
	}
}

/* Decimals that fit the highest day, for all of them. */
static int decimals_of(const struct figures *f)
{
	int64_t most = 0;

	for (size_t i = 0; i < f->days.n; i++) {
		int64_t up = bar_values_amount(&f->days.bar[i],
					       f->q.chart->subject->up);

		most = up > most ? up : most;
	}
	return format_label_decimals(most, &f->q.chart->total);
}

/* The amount of a day, and what was returned, below its name. */
static void day_sums(struct label *l, const struct figures *f, int64_t day)
{
	const struct measure *m = &f->q.chart->total;
	const struct subject *s = f->q.chart->subject;
	int decimals = decimals_of(f);
	char text[FORMAT_TEXT];

	for (size_t i = 0; i < f->days.n; i++) {
		const struct bar *b = &f->days.bar[i];

		if (b->consumed.start != day)
			continue;
		format_number(text, bar_values_amount(b, s->up), m, decimals,
			      f->q.words);
		drawing_piece(&l->second, s->text, true, text);
		if (figures_down(f) <= 0)
			continue;
		format_number(text, bar_values_amount(b, (enum series)s->down),
			      m, decimals, f->q.words);
		drawing_piece(&l->second, TINT_SOFT, false, "  ");
		drawing_piece(&l->second, TINT_EXPORT_TEXT, true, text);
	}
}

static void weekdays(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	struct civil c = localday_civil(r->start);
	bool brief = d->width < 600;

	for (int i = 0; i < DATE_WORDS_DAYS; i++) {
		int64_t t = localday_day_start(c.year, c.month, c.day + i);
		int64_t end =
			localday_day_start(c.year, c.month, c.day + i + 1);
		struct label *l = add_label(d, time_axis_at(r, (t + end) / 2));
		const char *name = f->q.words->dates->day_short[i];

		if (l == NULL)
			return;
		if (brief)
			snprintf(l->text, sizeof(l->text), "%s", name);
		else
			snprintf(l->text, sizeof(l->text), "%s %d", name,
				 localday_civil(t).day);
		l->dim = t > f->q.now;
		day_sums(l, f, t);
		add_rule(d, time_axis_at(r, t));
	}
}

static void days(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	struct civil c = localday_civil(r->start);
	int64_t end;

	for (int64_t t = r->start; t < r->end; t = end, c.day++) {
		struct label *l;

		end = localday_day_start(c.year, c.month, c.day + 1);
		if (drawing_is_small(d) && c.day != 1 && c.day % 5 != 0)
			continue;
		l = add_label(d, time_axis_at(r, (t + end) / 2));
		if (l != NULL)
			snprintf(l->text, sizeof(l->text), "%d", c.day);
	}
}

static void months(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	int year = localday_civil(r->start).year;

	for (int i = 0; i < DATE_WORDS_MONTHS; i++) {
		int64_t t = localday_month_start(year, i + 1);
		int64_t end = localday_month_start(year, i + 2);
		struct label *l;

		if (drawing_is_small(d) && i % 2 != 0)
			continue;
		l = add_label(d, time_axis_at(r, (t + end) / 2));
		if (l != NULL)
			snprintf(l->text, sizeof(l->text), "%s",
				 f->q.words->dates->month_short[i]);
	}
}

void time_axis_set(struct drawing *d, const struct figures *f)
{
	static void (*const axes[RANGE_COUNT])(struct drawing *,
					       const struct figures *) = {
		[RANGE_DAY] = hours,
		[RANGE_WEEK] = weekdays,
		[RANGE_MONTH] = days,
		[RANGE_YEAR] = months,
	};

	axes[f->q.range->kind](d, f);
}
