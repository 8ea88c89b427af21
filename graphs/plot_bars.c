/* The bars of a day, week, month or year. */
#include "graphs/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/dates.h"
#include "base/localday.h"
#include "graphs/layers.h"
#include "graphs/number_format.h"
#include "graphs/time_axis.h"
#include "graphs/vertical_axis.h"

/*
 * Empty pixels above the highest bar, more if there is text at the top; and
 * below the lowest.
 */
enum { AIR = 20, AIR_WORDS = 34, AIR_BELOW = 8 };

enum { BAR_MOST = 64 }; /* pixels */

/*
 * Parts of a bar, from the bottom up; the height of one includes all parts
 * below it.
 */
struct part {
	enum series series;
	enum tint tint;
};

struct parts {
	struct part part[TARIFFS];
	int n;
	enum series total;
	int sign;
};

static struct parts upper(const struct figures *f)
{
	const struct subject *s = f->q.chart->subject;
	struct parts p = { .total = s->up, .sign = 1 };
	struct figures_tariff tariff[TARIFFS];

	p.n = figures_tariffs(f, tariff);
	for (int i = 0; i < p.n; i++)
		p.part[i] = (struct part){ tariff[i].series, tariff[i].tint };
	if (p.n == 0)
		p.part[p.n++] = (struct part){ s->up, s->tint };
	return p;
}

static struct parts lower(const struct figures *f)
{
	enum series down = (enum series)f->q.chart->subject->down;

	return (struct parts){ { { down, TINT_EXPORT } }, 1, down, -1 };
}

/* Height of a bar up to and including part i; the last reaches the total. */
static int64_t height_of(const struct parts *p, const struct bar *b, int i)
{
	int64_t sum = 0;

	if (i + 1 >= p->n)
		return bar_values_amount(b, p->total);
	for (int k = 0; k <= i; k++)
		sum += bar_values_amount(b, p->part[k].series);
	return sum;
}

/* Pixels from bar to bar. */
static double pitch_of(const struct drawing *d, const struct figures *f)
{
	static const int64_t lengths[] = {
		[PERIOD_HOUR] = HOUR_S,
		[PERIOD_DAY] = DAY_S,
		[PERIOD_MONTH] = 365 * DAY_S / 12,
	};
	const struct range *r = f->q.range;

	return time_axis_at(r, r->start + lengths[f->q.chart->bar]) *
	       d->canvas.width;
}

/* Bars of one chart are equally wide, whatever the length of a month. */
static int width_of(const struct drawing *d, const struct figures *f)
{
	double pitch = pitch_of(d, f);
	int width = (int)lround(pitch * 0.66);

	if (pitch < 6)
		width = (int)pitch - 1;
	return width < 1 ? 1 : width > BAR_MOST ? BAR_MOST : width;
}

/* The first pixel of a mark of this width that is centred in a period. */
static int pixel_of(const struct drawing *d, const struct figures *f,
		    int64_t from, int64_t to, int width)
{
	double middle = time_axis_at(f->q.range, (from + to) / 2);
	int x = (int)lround(middle * d->canvas.width - width / 2.0);

	if (x < 0)
		return 0;
	return x + width > d->canvas.width ? d->canvas.width - width : x;
}

static bool is_plain(const struct figures *f, const struct bar *b)
{
	return !b->guessed && !figures_goes_on(f, b);
}

/* Round a value, in units of the scale, to the edge of a pixel. */
static double sharp(const struct drawing *d, double value)
{
	const struct scale *s = &d->scale;
	double pixel = (s->high - s->low) / d->canvas.height;

	return s->high - round((s->high - value) / pixel) * pixel;
}

static double shown(const struct drawing *d, int64_t amount)
{
	return sharp(d, (double)amount / (double)d->scale.size);
}

static void fill(double *value, int from, int width, double height)
{
	for (int x = from; x < from + width; x++)
		value[x] = height;
}

/* Add a part of all bars, and a thin line in the background's colour below. */
static int add_part(struct drawing *d, const struct figures *f,
		    const struct parts *p, int i)
{
	int width = width_of(d, f);
	double pixel = (d->scale.high - d->scale.low) / d->canvas.height;
	double *value =
		layers_add(d, SHAPE_AREA, d->theme->tint[p->part[i].tint]);
	double *line =
		i > 0 ? layers_add(d, SHAPE_AREA, d->theme->tint[TINT_CARD])
		      : NULL;

	if (value == NULL || (i > 0 && line == NULL))
		return -1;
	for (size_t k = 0; k < f->bars.n; k++) {
		const struct bar *b = &f->bars.bar[k];
		int x = pixel_of(d, f, b->consumed.start, b->consumed.end,
				 width);
		int64_t height = height_of(p, b, i);
		int64_t below = i > 0 ? height_of(p, b, i - 1) : 0;

		if (!is_plain(f, b) || height == below)
			continue;
		fill(value, x, width, shown(d, height * p->sign));
		if (below > 0)
			fill(line, x, width, shown(d, below) + pixel);
	}
	return 0;
}

static void add_blocks(struct drawing *d, const struct figures *f,
		       const struct parts *p)
{
	int width = width_of(d, f);

	for (size_t k = 0; k < f->bars.n; k++) {
		const struct bar *b = &f->bars.bar[k];

		for (int i = 0; i < p->n && !is_plain(f, b); i++) {
			struct block *block = &d->block[d->blocks];
			int64_t below = i > 0 ? height_of(p, b, i - 1) : 0;

			if (d->blocks == BLOCKS_MAX)
				return;
			*block = (struct block){
				.style = figures_goes_on(f, b)
						 ? BLOCK_UNFINISHED
						 : BLOCK_GAP,
				.x = pixel_of(d, f, b->consumed.start,
					      b->consumed.end, width),
				.width = width,
				.from = shown(d, below * p->sign),
				.to = shown(d, height_of(p, b, i) * p->sign),
				.tint = p->part[i].tint,
			};
			d->blocks += block->from != block->to;
		}
	}
}

static int add_stack(struct drawing *d, const struct figures *f,
		     const struct parts *p)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (add_part(d, f, p, i) < 0)
			return -1;
	add_blocks(d, f, p);
	return 0;
}

/* The period of a slot of a day, month or year; false if it has none. */
static bool period_of(const struct range *r, size_t slot, int64_t *from,
		      int64_t *to)
{
	struct civil c = localday_civil(r->start);
	int i = (int)slot;

	if (r->kind == RANGE_YEAR) {
		*from = localday_month_start(c.year, i + 1);
		*to = localday_month_start(c.year, i + 2);
	} else if (r->kind == RANGE_MONTH) {
		*from = localday_day_start(c.year, c.month, i + 1);
		*to = localday_day_start(c.year, c.month, i + 2);
	} else {
		for (*from = r->start; *from < r->end; *from += HOUR_S)
			if (localday_civil(*from).hour == i)
				break;
		*to = *from + HOUR_S;
	}
	return *to <= r->end;
}

static void add_tick(struct drawing *d, int x, int width, int64_t amount)
{
	double value = shown(d, amount);
	double least = (d->scale.high - d->scale.low) * 0.004;

	if (d->ticks < TICKS_MAX && fabs(value) > least)
		d->tick[d->ticks++] = (struct tick){ x, width, value };
}

static void add_ticks(struct drawing *d, const struct figures *f)
{
	const struct earlier_period *c = &f->compared;
	double pitch = pitch_of(d, f);
	int width = width_of(d, f) + (pitch > 14 ? 8 : 3);

	if (width > (int)lround(pitch) - 2)
		width = (int)lround(pitch) - 2;
	for (size_t i = 0; i < c->slots; i++) {
		int64_t from, to;
		int x;

		if (!c->slot[i].known || !period_of(f->q.range, i, &from, &to))
			continue;
		x = pixel_of(d, f, from, to, width);
		add_tick(d, x, width, c->slot[i].up);
		add_tick(d, x, width, -c->slot[i].down);
	}
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void set_scale(struct drawing *d, const struct figures *f, bool words)
{
	const struct subject *s = f->q.chart->subject;
	int64_t up = 0, down = 0;

	for (size_t i = 0; i < f->bars.n; i++) {
		const struct bar *b = &f->bars.bar[i];

		up = most(up, bar_values_amount(b, s->up));
		if (s->down >= 0)
			down = most(down,
				    bar_values_amount(b, (enum series)s->down));
	}
	for (size_t i = 0; i < f->compared.slots; i++) {
		up = most(up, f->compared.slot[i].up);
		down = most(down, f->compared.slot[i].down);
	}
	d->scale = scale_fit(
		up, down,
		vertical_axis_air(d, words ? AIR_WORDS : AIR, AIR_BELOW),
		vertical_axis_lines(d), &f->q.chart->value);
	vertical_axis_fit_pixels(d);
}

/* Label the highest plain bar with its value. */
static void add_value(struct drawing *d, const struct figures *f)
{
	const struct chart *c = f->q.chart;
	const struct bar *best = NULL;
	enum series up = c->subject->up;
	char text[FORMAT_TEXT];
	int64_t amount = 0;

	for (size_t i = 0; i < f->bars.n; i++) {
		const struct bar *b = &f->bars.bar[i];

		if (is_plain(f, b) && bar_values_amount(b, up) > amount) {
			best = b;
			amount = bar_values_amount(b, up);
		}
	}
	if (best == NULL)
		return;
	format_number(text, amount, &c->value,
		      format_label_decimals(amount, &c->value), f->q.words);
	snprintf(d->value.text, sizeof(d->value.text), "%s", text);
	d->value.at = time_axis_at(
		f->q.range, (best->consumed.start + best->consumed.end) / 2);
	d->value.value = shown(d, amount);
}

/* Label the longest gaps that make a bar uncertain. */
static void add_missing(struct drawing *d, const struct figures *f)
{
	const struct range *r = f->q.range;
	double named = -1, apart = 180 * drawing_letters(d) / d->canvas.width;
	char when[DATES_TEXT];

	for (size_t i = 0; i < f->bars.gaps; i++) {
		const struct bar_gap *g = &f->bars.gap[i];
		double at = time_axis_at(r, (g->from + g->to) / 2);
		struct callout *n = &d->missing[d->missings];
		int64_t top = 0;

		for (size_t k = 0; k < f->bars.n; k++) {
			const struct bar *b = &f->bars.bar[k];

			if (b->guessed && b->consumed.end > g->from &&
			    b->consumed.start < g->to)
				top = most(top,
					   bar_values_amount(
						   b, f->q.chart->subject->up));
		}
		if (top == 0 || at < named || at < 0 || at > 1 ||
		    d->missings == CALLOUTS_MAX)
			continue;
		named = at + apart;
		n->at = at;
		n->value = shown(d, top);
		snprintf(
			n->text, sizeof(n->text), "%s %s",
			f->q.words->no_readings,
			dates_stretch(when, g->from, g->to, f->q.words->dates));
		d->missings++;
	}
}

static void add_begins(struct drawing *d, const struct figures *f)
{
	const struct earlier_period *c = &f->compared;
	const struct picture_words *w = f->q.words;
	struct range before;
	char year[DATES_TEXT], day[DATES_TEXT];

	if (c->since == 0 || c->slots == 0 || c->from <= f->q.range->start)
		return;
	before = range_year_before(f->q.range);
	d->begins.at = time_axis_at(f->q.range, c->from);
	snprintf(d->begins.text, sizeof(d->begins.text), "%s: %s %s",
		 dates_title(year, &before, w->dates, true), w->known_since,
		 dates_day(day, c->since, w->dates));
}

static bool has_gap(const struct figures *f)
{
	for (size_t i = 0; i < f->bars.n; i++)
		if (f->bars.bar[i].guessed)
			return true;
	return false;
}

int plot_bars(struct drawing *d, const struct figures *f, struct err *e)
{
	struct parts up = upper(f), down = lower(f);

	set_scale(d, f, has_gap(f) || f->compared.since > 0);
	time_axis_set(d, f);
	d->start = f->q.range->start;
	d->cells = (size_t)d->canvas.width;
	d->step = (f->q.range->end - f->q.range->start + d->canvas.width - 1) /
		  d->canvas.width;
	if (add_stack(d, f, &up) < 0)
		return err_memory(e);
	if (figures_down(f) > 0 && add_stack(d, f, &down) < 0)
		return err_memory(e);
	add_ticks(d, f);
	add_value(d, f);
	add_missing(d, f);
	add_begins(d, f);
	return 0;
}
