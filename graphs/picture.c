#include "graphs/picture.h"

#include <stdio.h>
#include <stdlib.h>

#include "graphs/head_text.h"
#include "graphs/layers.h"
#include "graphs/painter.h"
#include "graphs/plot.h"
#include "graphs/time_axis.h"

/* Everything for one chart; large, so it is allocated. */
struct picture {
	struct figures figures;
	struct drawing drawing;
};

static void set_notice(struct drawing *d, const char *sentence)
{
	snprintf(d->notice, sizeof(d->notice), "%s", sentence);
}

static bool is_blank(const struct curve *c)
{
	return curve_values_count(c, SAMPLE_KNOWN) +
		       curve_values_count(c, SAMPLE_GAP) ==
	       0;
}

/* Draw an empty chart with a sentence, below the totals. */
static int compose_nothing(struct drawing *d, const struct figures *f,
			   struct err *e)
{
	head_text_nothing(&d->head, f);
	set_notice(d, f->q.words->none_used[f->q.chart->subject->medium]);
	if (painter_measure(d, e) < 0)
		return e->code;
	time_axis_set(d, f);
	for (size_t i = 0; i < d->labels; i++)
		d->label[i].second.n = 0;
	d->rules = 0;
	return 0;
}

static int compose_chart(struct drawing *d, const struct figures *f,
			 struct err *e)
{
	const struct chart *c = f->q.chart;

	if (c->shape == CHART_CURVE && is_blank(&f->curve)) {
		head_text_title(&d->head, f);
		set_notice(d, f->q.words->begins);
		return painter_measure(d, e);
	}
	if (figures_up(f) + figures_down(f) == 0 && c->shape == CHART_BARS)
		return compose_nothing(d, f, e);
	head_text(&d->head, f);
	d->two_lines = f->q.range->kind == RANGE_WEEK;
	d->second = c->total.unit;
	if (painter_measure(d, e) < 0)
		return e->code;
	return c->shape == CHART_CURVE ? plot_curve(d, f, e)
				       : plot_bars(d, f, e);
}

static int compose(struct picture *p, int known, struct err *e)
{
	struct drawing *d = &p->drawing;
	const struct figures *f = &p->figures;
	enum medium m = f->q.chart->subject->medium;

	if (known)
		return compose_chart(d, f, e);
	head_text_title(&d->head, f);
	set_notice(d, f->q.words->none_read[m]);
	return painter_measure(d, e);
}

int picture_draw(struct history *h, const struct figures_question *q,
		 const struct look *look, struct image *out, struct err *e)
{
	struct picture *p = calloc(1, sizeof(*p));
	int known;

	if (p == NULL)
		return err_memory(e);
	p->figures.q = *q;
	p->drawing.width = look->width;
	p->drawing.height = look->height;
	p->drawing.zoom = look->zoom;
	p->drawing.theme = look->theme;
	p->drawing.point = q->words->point;
	known = history_hold(h, e);
	if (known == 0) {
		known = figures_load(&p->figures, h, e);
		history_release(h);
	}
	if (known >= 0 && (compose(p, known, e) < 0 ||
			   painter_paint(&p->drawing, out, e) < 0))
		known = e->code;
	layers_free(&p->drawing);
	free(p);
	return known;
}
