#include "graphs/picture.h"

#include <stdio.h>
#include <stdlib.h>

#include "graphs/bar_values.h"
#include "graphs/curve_values.h"
#include "graphs/layers.h"
#include "graphs/legend.h"
#include "graphs/plot.h"

/* Everything for one picture; large, so it is allocated. */
struct picture {
	struct legend legend;
	struct drawing drawing;
	struct bar total;
	struct bars bars;
	struct curve curve;
	char notice[80];
};

static struct legend_source source(const struct picture *p,
				   const struct chart *c, const struct range *r,
				   const struct look *look)
{
	return (struct legend_source){
		.chart = c,
		.range = r,
		.theme = look->theme,
		.total = &p->total,
		.width = look->width,
		.letters = draw_letter_size(look->width, look->height),
		.narrow = look->width < 760,
	};
}

/* Compose an empty canvas with a sentence. */
static void compose_notice(struct picture *p, const struct chart *c,
			   const struct range *r, const struct look *look)
{
	struct legend_source src = source(p, c, r, look);

	legend_empty(&p->legend, &src);
	p->drawing.notice = p->notice;
	p->drawing.start = r->start;
	p->drawing.step = r->end - r->start;
	p->drawing.cells = 1;
}

static void compose_empty(struct picture *p, const struct chart *c,
			  const struct range *r, const struct look *look)
{
	snprintf(p->notice, sizeof(p->notice), "No %s readings %s this %s",
		 c->subject->noun, r->kind == RANGE_DAY ? "on" : "in",
		 range_names[r->kind]);
	compose_notice(p, c, r, look);
}

/* Compose the picture of the first minutes after installation. */
static void compose_begun(struct picture *p, const struct chart *c,
			  const struct range *r, const struct look *look)
{
	snprintf(
		p->notice, sizeof(p->notice),
		"The first readings are stored; the curve starts in a few minutes");
	compose_notice(p, c, r, look);
}

static bool is_blank(const struct curve *c)
{
	return curve_values_count(c, SAMPLE_KNOWN) +
		       curve_values_count(c, SAMPLE_GAP) ==
	       0;
}

static int compose_curve(struct picture *p, struct history *h,
			 const struct chart *c, const struct range *r,
			 const struct look *look, int64_t now, struct err *e)
{
	struct legend_source src = source(p, c, r, look);

	if (curve_values_load(h, c, r, now, &p->curve, e) < 0)
		return e->code;
	if (is_blank(&p->curve)) {
		compose_begun(p, c, r, look);
		return 0;
	}
	legend_curve(&p->legend, &src, &p->curve);
	return plot_curve(&p->drawing, r, &p->curve, e);
}

static int compose_bars(struct picture *p, struct history *h,
			const struct chart *c, const struct range *r,
			const struct look *look, struct err *e)
{
	struct legend_source src = source(p, c, r, look);

	if (bar_values_load(h, c, r, &p->bars, e) < 0)
		return e->code;
	legend_bars(&p->legend, &src, &p->bars);
	return plot_bars(&p->drawing, c, r, &p->bars, e);
}

/* Returns as picture_draw. */
static int compose(struct picture *p, struct history *h, const struct chart *c,
		   const struct range *r, const struct look *look, int64_t now,
		   struct err *e)
{
	int rc = bar_values_total(h, c, r, &p->total, e);

	if (rc < 0)
		return rc;
	p->drawing.width = look->width;
	p->drawing.height = look->height;
	p->drawing.theme = look->theme;
	p->drawing.legend = &p->legend;
	if (rc == 0) {
		compose_empty(p, c, r, look);
		return 0;
	}
	rc = c->shape == CHART_CURVE ? compose_curve(p, h, c, r, look, now, e)
				     : compose_bars(p, h, c, r, look, e);
	return rc < 0 ? rc : 1;
}

int picture_draw(struct history *h, const struct chart *c,
		 const struct range *r, const struct look *look, int64_t now,
		 struct image *out, struct err *e)
{
	struct picture *p = calloc(1, sizeof(*p));
	int rc;

	if (p == NULL)
		return err_memory(e);
	rc = history_hold(h, e);
	if (rc == 0) {
		rc = compose(p, h, c, r, look, now, e);
		history_release(h);
	}
	if (rc >= 0 && draw_png(&p->drawing, out, e) < 0)
		rc = e->code;
	layers_free(&p->drawing);
	free(p);
	return rc;
}
