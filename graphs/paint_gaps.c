/* Gaps: hatched below librrd's drawing, labelled above it. */
#include "graphs/paint_parts.h"

#include <math.h>

#define LETTERS 10.5

static void hatch(struct pen *p, const struct drawing *d,
		  const struct gap_mark *g)
{
	double x0 = pen_middle(canvas_x(d, g->from));
	double x1 = pen_middle(canvas_x(d, g->to));
	double bottom = canvas_bottom(d);

	pen_hatch(p, x0, d->canvas.top, x1 - x0, d->canvas.height, TINT_GAP, 6);
	pen_line(p, x0, d->canvas.top, x0, bottom, TINT_GAP);
	pen_line(p, x1, d->canvas.top, x1, bottom, TINT_GAP);
}

void paint_gaps(struct pen *p, const struct drawing *d)
{
	for (size_t i = 0; i < d->gaps; i++)
		hatch(p, d, &d->gap[i]);
}

/*
 * Where text of this width begins: right of the gap, left of it if it does not
 * fit there, or else within it.
 */
static double words_at(struct pen *p, const struct drawing *d,
		       const struct gap_mark *g, double width)
{
	double from = canvas_x(d, g->from), to = canvas_x(d, g->to);

	if (to + 7 + width <= canvas_right(d) &&
	    !crosses_now(p, d, to + 7, width))
		return to + 7;
	if (from - 6 - width >= d->canvas.left)
		return from - 6 - width;
	return fmax(d->canvas.left, (from + to - width) / 2);
}

/* The text is in the space that the scale leaves above the curve. */
static void name(struct pen *p, const struct drawing *d,
		 const struct gap_mark *g)
{
	int lines = drawing_is_small(d) ? 1 : 2;
	double y = d->canvas.top + 12 * p->letters, width = 0, x;

	for (int i = 0; i < lines; i++)
		width = fmax(width,
			     pen_text_line_width(p, &g->line[i], LETTERS));
	x = words_at(p, d, g, width);
	for (int i = 0; i < lines; i++) {
		const struct text_line *line = &g->line[i];
		double rest = width - pen_text_line_width(p, line, LETTERS);

		pen_text_line(p, line, x < canvas_x(d, g->from) ? x + rest : x,
			      y + i * 14 * p->letters, LETTERS, true);
	}
}

void paint_gap_names(struct pen *p, const struct drawing *d)
{
	for (size_t i = 0; i < d->gaps; i++)
		name(p, d, &d->gap[i]);
}

bool crosses_gap(const struct drawing *d, double x, double width)
{
	for (size_t i = 0; i < d->gaps; i++)
		if (x < canvas_x(d, d->gap[i].to) &&
		    x + width > canvas_x(d, d->gap[i].from))
			return true;
	return false;
}
