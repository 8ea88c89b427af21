/* The curve of a day or week. */
#include "graphs/plot.h"

#include <math.h>
#include <stdio.h>

#include "base/dates.h"
#include "base/localday.h"
#include "graphs/layers.h"
#include "graphs/number_format.h"
#include "graphs/time_axis.h"
#include "graphs/vertical_axis.h"

/*
 * Empty pixels above the highest value, more if a gap has to be labelled; and
 * below the lowest.
 */
enum { AIR = 18, AIR_GAP = 38, AIR_BELOW = 10 };

/* Minimum range of the scale, so that noise does not look like a peak. */
enum { QUIET_W = 100 };

/* Which value of a sample a layer shows. */
typedef int64_t (*sample_value)(const struct sample *s);

static int64_t import_w(const struct sample *s)
{
	return curve_values_power(s, s->import_wh);
}

static int64_t export_w(const struct sample *s)
{
	return -curve_values_power(s, s->export_wh);
}

static int64_t import_peak(const struct sample *s)
{
	return s->import_peak_w > 0 ? s->import_peak_w : 0;
}

/*
 * Drop runs of zeros, except for one at each end, which brings the line down to
 * zero.
 */
static void drop_zero_runs(double *value, size_t n)
{
	bool was_zero = true;

	for (size_t i = 0; i < n; i++) {
		bool zero = value[i] == 0;
		bool next =
			i + 1 == n || value[i + 1] == 0 || isnan(value[i + 1]);

		if (zero && was_zero && next)
			value[i] = NAN;
		was_zero = zero || isnan(value[i]);
	}
}

static int add_curve(struct drawing *d, const struct curve *c, sample_value of,
		     enum shape shape, uint32_t colour)
{
	double *value = layers_add(d, shape, colour);

	if (value == NULL)
		return -1;
	for (size_t i = 0; i < c->n; i++)
		if (c->sample[i].state == SAMPLE_KNOWN)
			value[i] = (double)of(&c->sample[i]) /
				   (double)d->scale.size;
	drop_zero_runs(value, c->n);
	return 0;
}

/* The mean power of a usual day in a quarter of an hour, from its start on. */
static bool quarter_w(const struct usual_day *u, int quarter, double *w)
{
	enum { SLOTS = 3 };
	double sum = 0;
	int n = 0;

	for (int i = quarter * SLOTS; i < (quarter + 1) * SLOTS; i++)
		if (i >= 0 && i < USUAL_DAY_SLOTS && u->known[i]) {
			sum += (double)u->power_w[i];
			n++;
		}
	*w = n > 0 ? sum / n : 0;
	return n > 0;
}

/* The power of a usual day at a time, interpolated between the quarters. */
static bool usual_w(const struct usual_day *u, int64_t t, double *w)
{
	struct civil c = localday_civil(t);
	double at = (c.hour * 60 + c.minute) / 15.0 - 0.5, a, b;
	int quarter = (int)floor(at);

	if (!quarter_w(u, quarter, &a))
		return quarter_w(u, quarter + 1, w);
	if (!quarter_w(u, quarter + 1, &b))
		b = a;
	*w = a + (b - a) * (at - quarter);
	return true;
}

static int add_usual(struct drawing *d, const struct figures *f)
{
	const struct curve *c = &f->curve;
	double *value, w;

	if (!f->compared.usual_power)
		return 0;
	value = layers_add(d, SHAPE_DASH, d->theme->tint[TINT_INK]);
	if (value == NULL)
		return -1;
	for (size_t i = 0; i < c->n; i++)
		if (usual_w(&f->compared.usual, c->start + (int64_t)i * c->step,
			    &w))
			value[i] = (double)w / (double)d->scale.size;
	return 0;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void set_scale(struct drawing *d, const struct figures *f)
{
	static const struct measure watt = { "W", 1, 0 };
	static const struct measure kilowatt = { "kW", 1000, 3 };
	const struct curve *c = &f->curve;
	int64_t up = most(c->peak_w, QUIET_W), down = 0;
	double w;

	for (size_t i = 0; i < c->n; i++) {
		const struct sample *s = &c->sample[i];

		if (s->state == SAMPLE_KNOWN)
			down = most(down, -export_w(s));
		if (f->compared.usual_power &&
		    usual_w(&f->compared.usual, c->start + (int64_t)i * c->step,
			    &w)) {
			up = most(up, (int64_t)w);
			down = most(down, (int64_t)-w);
		}
	}
	d->scale = scale_fit(
		up, down,
		vertical_axis_air(d, c->gaps > 0 ? AIR_GAP : AIR, AIR_BELOW),
		vertical_axis_lines(d),
		up >= 1000 || down >= 1000 ? &kilowatt : &watt);
	vertical_axis_fit_pixels(d);
}

static int add_layers(struct drawing *d, const struct figures *f)
{
	const struct theme *t = d->theme;
	const struct curve *c = &f->curve;

	if (add_curve(d, c, import_peak, SHAPE_PEAKS,
		      t->tint[TINT_IMPORT_PALE]) < 0 ||
	    add_curve(d, c, import_w, SHAPE_AREA,
		      theme_mix(t, TINT_IMPORT, THEME_IMPORT_AREA)) < 0 ||
	    add_curve(d, c, export_w, SHAPE_AREA,
		      theme_mix(t, TINT_EXPORT, THEME_EXPORT_AREA)) < 0 ||
	    add_curve(d, c, import_w, SHAPE_LINE, t->tint[TINT_IMPORT]) < 0 ||
	    add_curve(d, c, export_w, SHAPE_LINE, t->tint[TINT_EXPORT]) < 0)
		return -1;
	return add_usual(d, f);
}

static void energy(struct text_line *line, const struct figures *f,
		   const struct curve_gap *g)
{
	const struct measure *m = &f->q.chart->total;
	char text[FORMAT_TEXT], unit[16];

	if (g->import_wh < 0)
		return;
	drawing_piece(line, TINT_SOFT, false, "  ");
	format_number(text, g->import_wh, m, 2, f->q.words);
	drawing_piece(line, TINT_IMPORT_TEXT, true, text);
	if (g->export_wh > 0) {
		format_number(text, g->export_wh, m, 2, f->q.words);
		drawing_piece(line, TINT_SOFT, false, "  ");
		drawing_piece(line, TINT_EXPORT_TEXT, true, text);
	}
	snprintf(unit, sizeof(unit), "\u00a0%s", m->unit);
	drawing_piece(line, TINT_SOFT, false, unit);
}

/*
 * Minimum distance between labelled gaps, as a fraction of the width, so that
 * their labels do not touch.
 */
static double apart(const struct drawing *d)
{
	return 170 * drawing_letters(d) / d->canvas.width;
}

static void add_gaps(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	double named = -1;
	char text[DATES_TEXT];

	for (size_t i = 0; i < f->curve.gaps; i++) {
		const struct curve_gap *g = &f->curve.gap[i];
		struct gap_mark *b = &d->gap[d->gaps++];

		b->from = fmax(0, time_axis_at(r, g->from));
		b->to = fmin(1, time_axis_at(r, g->to));
		if (b->from < named)
			continue;
		named = b->to + apart(d);
		drawing_piece(&b->line[0], TINT_SOFT, false,
			      f->q.words->no_readings);
		dates_stretch(text, g->from, g->to, f->q.words->dates);
		drawing_piece(&b->line[1], TINT_SOFT, false, text);
		energy(&b->line[1], f, g);
	}
}

/* The highest import in n steps from the one at `from` on. */
static int64_t highest_in(const struct curve *c, int from, int n)
{
	int64_t w = 0;

	for (int i = from < 0 ? 0 : from; i < from + n && i < (int)c->n; i++)
		if (c->sample[i].state == SAMPLE_KNOWN)
			w = most(w, most(import_peak(&c->sample[i]),
					 import_w(&c->sample[i])));
	return w;
}

/* Is there more room for text left of the peak than right of it? */
static bool free_before(const struct drawing *d, const struct curve *c)
{
	int words = (int)(140 * drawing_letters(d) * (double)c->n /
			  d->canvas.width);
	int peak = (int)((c->peak_at - c->start) / c->step);

	return highest_in(c, peak + 2, words) >
	       highest_in(c, peak - 1 - words, words) + c->peak_w / 8;
}

static void add_peak(struct drawing *d, const struct figures *f)
{
	const struct curve *c = &f->curve;
	const struct picture_words *w = f->q.words;
	char power[FORMAT_TEXT], when[DATES_TEXT];

	if (c->peak_w <= 0)
		return;
	d->dot.at = time_axis_at(f->q.range, c->peak_at);
	d->dot.value = (double)c->peak_w / (double)d->scale.size;
	d->dot.before = free_before(d, c);
	snprintf(d->dot.text, sizeof(d->dot.text), "%s %s%s",
		 format_power(power, c->peak_w, w),
		 f->q.range->kind == RANGE_DAY ? w->at_time : "",
		 dates_time(when, f->q.range, c->peak_at, w->dates));
}

int plot_curve(struct drawing *d, const struct figures *f, struct err *e)
{
	const struct curve *c = &f->curve;

	d->start = c->start;
	d->step = c->step;
	d->cells = c->n;
	set_scale(d, f);
	time_axis_set(d, f);
	add_gaps(d, f);
	add_peak(d, f);
	if (figures_unfinished(f)) {
		d->now.at = time_axis_at(f->q.range, f->q.now);
		snprintf(d->now.text, sizeof(d->now.text), "%s",
			 f->q.words->now);
	}
	return add_layers(d, f) < 0 ? err_memory(e) : 0;
}
