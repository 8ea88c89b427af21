/* The curve of a chart as layers of a drawing. */
#include "graphs/plot.h"

#include <math.h>

#include "graphs/axis.h"
#include "graphs/layers.h"

/* Which value of a sample a layer shows. */
typedef int64_t (*sample_value)(const struct curve *c, const struct sample *s);

static int64_t import_w(const struct curve *c, const struct sample *s)
{
	return curve_values_power(c, s->import_wh);
}

static int64_t export_w(const struct curve *c, const struct sample *s)
{
	return -curve_values_power(c, s->export_wh);
}

static int64_t import_peak(const struct curve *c, const struct sample *s)
{
	(void)c;
	return s->import_peak_w > 0 ? s->import_peak_w : 0;
}

static int64_t export_peak(const struct curve *c, const struct sample *s)
{
	(void)c;
	return s->export_peak_w > 0 ? -s->export_peak_w : 0;
}

/* Drop runs of zeros except one at each end, which brings the line down. */
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
			value[i] = (double)of(c, &c->sample[i]) /
				   (double)d->scale.size;
	drop_zero_runs(value, c->n);
	return 0;
}

/* Add a pale full-height band where readings are missing. */
static int add_gaps(struct drawing *d, const struct curve *c)
{
	double *up = layers_add(d, SHAPE_AREA, d->theme->gap);
	double *down = layers_add(d, SHAPE_AREA, d->theme->gap);

	if (up == NULL || down == NULL)
		return -1;
	for (size_t i = 0; i < c->n; i++)
		if (c->sample[i].state == SAMPLE_GAP) {
			up[i] = INFINITY;
			down[i] = -INFINITY;
		}
	return 0;
}

static int64_t extent_of(const struct curve *c, sample_value of,
			 sample_value peak, int sign)
{
	int64_t most = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct sample *s = &c->sample[i];

		if (s->state != SAMPLE_KNOWN)
			continue;
		if (of(c, s) * sign > most)
			most = of(c, s) * sign;
		if (peak(c, s) * sign > most)
			most = peak(c, s) * sign;
	}
	return most;
}

/* Minimum range of the scale, so that noise does not look like a peak. */
enum { QUIET_W = 100 };

static struct scale curve_scale(const struct drawing *d, const struct curve *c)
{
	static const struct measure watt = { "W", 1, 0 };
	static const struct measure kilowatt = { "kW", 1000, 3 };
	int64_t up = extent_of(c, import_w, import_peak, 1);
	int64_t down = extent_of(c, export_w, export_peak, -1);

	if (up < QUIET_W)
		up = QUIET_W;
	return scale_fit(up, down, axis_lines(d),
			 up > 3000 || down > 3000 ? &kilowatt : &watt);
}

int plot_curve(struct drawing *d, const struct range *r, const struct curve *c,
	       struct err *e)
{
	uint32_t in = d->theme->hue[HUE_IMPORT][0];
	uint32_t out = d->theme->hue[HUE_EXPORT][0];

	d->start = c->start;
	d->step = c->step;
	d->cells = c->n;
	d->slopes = true;
	d->scale = curve_scale(d, c);
	axis_set(d, r);
	if (add_gaps(d, c) < 0 ||
	    add_curve(d, c, import_peak, SHAPE_AREA, theme_fade(in, 22)) < 0 ||
	    add_curve(d, c, export_peak, SHAPE_AREA, theme_fade(out, 22)) < 0 ||
	    add_curve(d, c, import_w, SHAPE_AREA, theme_fade(in, 50)) < 0 ||
	    add_curve(d, c, export_w, SHAPE_AREA, theme_fade(out, 50)) < 0 ||
	    add_curve(d, c, import_w, SHAPE_LINE, in) < 0 ||
	    add_curve(d, c, export_w, SHAPE_LINE, out) < 0)
		return err_memory(e);
	return 0;
}
