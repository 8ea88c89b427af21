/* The bars of a chart as layers of a drawing. */
#include "graphs/plot.h"

#include "base/utc.h"
#include "graphs/axis.h"
#include "graphs/layers.h"

/* The bars of a series and its tariffs in one direction. */
struct stack {
	enum series total;
	int sign;
	enum hue hue;
	enum series part[TARIFFS]; /* tariffs with consumption, lowest first */
	int tone[TARIFFS];
	int parts; /* 0: only the total is known */
};

static struct stack stack_of(const struct bars *b, enum series total, int sign,
			     enum hue hue)
{
	struct stack s = { .total = total, .sign = sign, .hue = hue };
	enum series tariff[TARIFFS];
	int n = chart_tariffs(total, tariff);

	for (int t = 0; t < n; t++) {
		int64_t sum = 0;

		for (size_t i = 0; i < b->n; i++)
			sum += bar_values_amount(&b->bar[i], tariff[t]);
		if (sum > 0) {
			s.tone[s.parts] = t;
			s.part[s.parts++] = tariff[t];
		}
	}
	if (s.parts == 1)
		s.parts = s.tone[0] = 0;
	return s;
}

/* Height of a bar's stack up to and including part p. */
static int64_t height_of(const struct stack *s, const struct bar *b, int p)
{
	int64_t sum = 0;

	if (p + 1 >= s->parts)
		return bar_values_amount(b, s->total);
	for (int i = 0; i <= p; i++)
		sum += bar_values_amount(b, s->part[i]);
	return sum;
}

/* Pixels of a bar: centred on its time, all equally wide. */
static void pixels_of(const struct drawing *d, const struct consumption *u,
		      int64_t narrowest, size_t *from, size_t *to)
{
	int64_t pitch = narrowest / d->step;
	int64_t width = pitch > 8 ? pitch * 7 / 10 : pitch > 2 ? pitch - 1 : 1;
	int64_t middle = (u->start + u->end) / 2 - d->start;
	int64_t left = (2 * middle / d->step - width + 1) / 2;

	if (left < 0)
		left = 0;
	*from = (size_t)left;
	*to = (size_t)(left + width);
	if (*to > d->cells)
		*to = d->cells;
}

static int64_t narrowest_of(const struct chart *c)
{
	return c->bar == PERIOD_HOUR  ? HOUR_S
	       : c->bar == PERIOD_DAY ? 23 * HOUR_S
				      : 28 * DAY_S;
}

static int add_part(struct drawing *d, const struct chart *c,
		    const struct bars *b, const struct stack *s, int p,
		    bool guessed)
{
	uint32_t tone = d->theme->hue[s->hue][s->tone[p]];
	double *value = layers_add(d, SHAPE_AREA,
				   guessed ? theme_pale(d->theme, tone) : tone);
	size_t from, to;

	if (value == NULL)
		return -1;
	for (size_t i = 0; i < b->n; i++) {
		const struct bar *bar = &b->bar[i];

		if (bar->guessed != guessed)
			continue;
		pixels_of(d, &bar->consumed, narrowest_of(c), &from, &to);
		for (size_t x = from; x < to; x++)
			value[x] = (double)(height_of(s, bar, p) * s->sign) /
				   (double)d->scale.size;
	}
	return 0;
}

static int add_stack(struct drawing *d, const struct chart *c,
		     const struct bars *b, const struct stack *s)
{
	for (int p = s->parts > 0 ? s->parts - 1 : 0; p >= 0; p--)
		if (add_part(d, c, b, s, p, false) < 0 ||
		    add_part(d, c, b, s, p, true) < 0)
			return -1;
	return 0;
}

static int64_t highest_of(const struct bars *b, int s)
{
	int64_t most = 0;

	for (size_t i = 0; s >= 0 && i < b->n; i++)
		if (bar_values_amount(&b->bar[i], (enum series)s) > most)
			most = bar_values_amount(&b->bar[i], (enum series)s);
	return most;
}

/* Use one cell per pixel, in whole seconds, so that bars have sharp edges. */
static int fit_pixels(struct drawing *d, const struct range *r, struct err *e)
{
	int width;

	d->start = r->start;
	d->step = r->end - r->start;
	d->cells = 1;
	width = draw_canvas_width(d, e);
	if (width <= 0)
		return width;
	d->step = (r->end - r->start + width - 1) / width;
	d->cells = (size_t)width;
	return 0;
}

int plot_bars(struct drawing *d, const struct chart *c, const struct range *r,
	      const struct bars *b, struct err *e)
{
	const struct subject *sub = c->subject;
	struct stack up = stack_of(b, sub->up, 1, sub->hue);

	d->scale =
		scale_fit(highest_of(b, (int)sub->up), highest_of(b, sub->down),
			  axis_lines(d), &c->value);
	axis_set(d, r);
	if (fit_pixels(d, r, e) < 0)
		return e->code;
	if (add_stack(d, c, b, &up) < 0)
		return err_memory(e);
	if (sub->down >= 0) {
		struct stack down =
			stack_of(b, (enum series)sub->down, -1, HUE_EXPORT);

		if (add_stack(d, c, b, &down) < 0)
			return err_memory(e);
	}
	return 0;
}
