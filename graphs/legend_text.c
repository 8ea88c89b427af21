#include "graphs/legend_text.h"

#include <stdarg.h>
#include <stdio.h>

__attribute__((format(printf, 4, 5))) static void add(struct head *h,
						      enum key_shape shape,
						      enum tint tint,
						      const char *format, ...)
{
	struct key *k = &h->key[h->keys];
	va_list args;

	if (h->keys == KEYS_MAX)
		return;
	k->shape = shape;
	k->tint = tint;
	va_start(args, format);
	vsnprintf(k->word, sizeof(k->word), format, args);
	va_end(args);
	h->keys++;
}

/* Is a peak anywhere above its average? */
static bool has_peaks(const struct curve *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct sample *s = &c->sample[i];

		if (s->state == SAMPLE_KNOWN &&
		    s->import_peak_w > curve_values_power(s, s->import_wh))
			return true;
	}
	return false;
}

static void curve_keys(struct head *h, const struct figures *f)
{
	const struct picture_words *w = f->q.words;

	add(h, KEY_AREA, TINT_IMPORT, "%s, %s %lld %s", w->from_grid,
	    w->mean_of, (long long)f->curve.step / 60, w->minutes);
	if (has_peaks(&f->curve))
		add(h, KEY_BOX, TINT_IMPORT_PALE, "%s", w->highest);
	if (figures_down(f) > 0)
		add(h, KEY_AREA, TINT_EXPORT, "%s", w->to_grid);
	if (f->compared.usual_power)
		add(h, KEY_DASH, TINT_INK, "%s", w->usual);
	if (f->curve.gaps > 0)
		add(h, KEY_HATCH, TINT_GAP, "%s", w->no_readings);
}

static void import_keys(struct head *h, const struct figures *f)
{
	const struct picture_words *w = f->q.words;
	struct figures_tariff tariff[TARIFFS];
	int n = figures_tariffs(f, tariff);

	if (n == 0)
		add(h, KEY_BOX, TINT_IMPORT, "%s", w->from_grid);
	for (int i = n - 1; i >= 0; i--)
		if (tariff[i].name)
			add(h, KEY_BOX, tariff[i].tint, "%s, %s", w->from_grid,
			    tariff[i].name);
		else
			add(h, KEY_BOX, tariff[i].tint, "%s%d", w->tariff,
			    tariff[i].number);
	if (figures_down(f) > 0)
		add(h, KEY_BOX, TINT_EXPORT, "%s", w->to_grid);
}

/* Is a bar of some height guessed or still in progress? */
static bool has_guessed(const struct figures *f)
{
	for (size_t i = 0; i < f->bars.n; i++)
		if (f->bars.bar[i].guessed &&
		    figures_height(f, &f->bars.bar[i]) > 0)
			return true;
	return false;
}

static bool has_unfinished(const struct figures *f)
{
	for (size_t i = 0; i < f->bars.n; i++)
		if (figures_goes_on(f, &f->bars.bar[i]) &&
		    figures_height(f, &f->bars.bar[i]) > 0)
			return true;
	return false;
}

static void bar_keys(struct head *h, const struct figures *f)
{
	const struct subject *s = f->q.chart->subject;
	const struct picture_words *w = f->q.words;
	char earlier[DATES_TEXT];

	if (s->down >= 0)
		import_keys(h, f);
	else if (f->q.chart->bar == PERIOD_HOUR)
		add(h, KEY_BOX, s->tint, "%s, %s", w->medium[s->medium],
		    w->per_hour);
	else
		add(h, KEY_BOX, s->tint, "%s", w->medium[s->medium]);
	if (has_unfinished(f))
		add(h, KEY_PART, s->tint, "%s", w->unfinished);
	if (has_guessed(f))
		add(h, KEY_HATCH, s->tint, "%s", w->only_total);
	if (f->compared.slots == 0)
		return;
	legend_text_earlier(earlier, f);
	add(h, KEY_TICK, TINT_INK, "%s",
	    f->q.range->kind == RANGE_DAY ? w->usual : earlier);
}

void legend_text(struct head *h, const struct figures *f)
{
	if (f->q.chart->shape == CHART_CURVE)
		curve_keys(h, f);
	else
		bar_keys(h, f);
}
