/*
 * Marks painted over librrd's drawing: unfinished bars, ticks, text at a point.
 */
#include "graphs/paint_parts.h"

#include <math.h>

static void block(struct pen *p, const struct drawing *d, const struct block *b)
{
	double x = d->canvas.left + b->x;
	double y0 = round(canvas_y(d, b->from)), y1 = round(canvas_y(d, b->to));
	double y = fmin(y0, y1), height = fabs(y1 - y0);

	if (height < 1)
		return;
	if (b->style == BLOCK_UNFINISHED)
		pen_box(p, x, y, b->width, height, b->tint,
			(double)THEME_UNFINISHED / 100);
	else
		pen_hatch(p, x, y, b->width, height, b->tint, 4);
	pen_frame(p, x, y, b->width, height, b->tint, 1.3);
}

/*
 * Paint an edge in the background colour, so that a tick stands out from a bar
 * that is as dark.
 */
static void tick(struct pen *p, const struct drawing *d, const struct tick *t)
{
	double x = d->canvas.left + t->x, y = round(canvas_y(d, t->value));

	pen_box(p, x - 1, y - 2, t->width + 2, 4, TINT_CARD, 1);
	pen_box(p, x, y - 1, t->width, 2, TINT_INK, 1);
}

static void zero_line(struct pen *p, const struct drawing *d)
{
	double y = pen_middle(canvas_y(d, 0));

	pen_line(p, d->canvas.left, y, canvas_right(d), y, TINT_ZERO);
}

static const struct pen_font now_font = { 11, false, TINT_INK, PEN_LEFT, true };

bool crosses_now(struct pen *p, const struct drawing *d, double x, double width)
{
	double now = canvas_x(d, d->now.at);
	double words = 5 + pen_width(p, d->now.text, &now_font);

	return d->now.text[0] && x < now + words + 3 && x + width > now - 3;
}

static void dot(struct pen *p, const struct drawing *d)
{
	struct pen_font f = { 11, true, TINT_INK, PEN_LEFT, true };
	double x = canvas_x(d, d->dot.at), y = canvas_y(d, d->dot.value);
	double width = pen_width(p, d->dot.text, &f);

	pen_tint(p, TINT_CARD, 1);
	cairo_arc(p->c, x, y, 5, 0, 2 * M_PI);
	cairo_fill(p->c);
	pen_tint(p, TINT_IMPORT_TEXT, 1);
	cairo_arc(p->c, x, y, 3.6, 0, 2 * M_PI);
	cairo_fill(p->c);
	if (d->dot.before || x + 9 + width > canvas_right(d) ||
	    crosses_now(p, d, x + 9, width) || crosses_gap(d, x + 9, width))
		f.side = PEN_RIGHT;
	if (x - 9 - width < d->canvas.left)
		f.side = PEN_LEFT;
	pen_text(p, d->dot.text, x + (f.side == PEN_LEFT ? 9 : -9),
		 y + 4 * p->letters, &f);
}

/*
 * Find the lowest y at or above this one where text of this width touches no
 * tick.
 */
static double above_ticks(const struct pen *p, const struct drawing *d,
			  double x, double y, double width)
{
	double height = 9 * p->letters, edge = d->canvas.left - 2.0;
	bool moved = true;

	while (moved) {
		moved = false;
		for (size_t i = 0; i < d->ticks && !moved; i++) {
			const struct tick *t = &d->tick[i];
			double line = canvas_y(d, t->value);

			moved = x < edge + 4 + t->x + t->width &&
				x + width > edge + t->x && line < y + 4 &&
				line > y - height + 1;
			if (moved)
				y = line - 5;
		}
	}
	return y;
}

/* Paint the value above the highest bar. */
static void value(struct pen *p, const struct drawing *d)
{
	const struct pen_font f = { 10.5, true, TINT_INK, PEN_MIDDLE, true };
	double x = canvas_x(d, d->value.at);
	double y = canvas_y(d, d->value.value) - 6 * p->letters;
	double width = pen_width(p, d->value.text, &f);

	pen_text(p, d->value.text, x,
		 above_ticks(p, d, x - width / 2, y, width), &f);
}

/* Paint text at the top, with a line down to the bar that it describes. */
static void missing(struct pen *p, const struct drawing *d,
		    const struct callout *n)
{
	struct pen_font f = { 10.5, false, TINT_SOFT, PEN_LEFT, true };
	double x = canvas_x(d, n->at), width = pen_width(p, n->text, &f);
	double left = fmax(d->canvas.left,
			   fmin(x - width / 2, canvas_right(d) - width));
	double y = d->canvas.top + 10 * p->letters;

	pen_line(p, pen_middle(x), y + 4, pen_middle(x),
		 fmax(y + 5, canvas_y(d, n->value) - 4), TINT_GAP);
	pen_text(p, n->text, left, y, &f);
}

static void now(struct pen *p, const struct drawing *d)
{
	struct pen_font f = now_font;
	double x = pen_middle(canvas_x(d, d->now.at));

	pen_line(p, x, d->canvas.top, x, canvas_bottom(d), TINT_INK);
	if (x + 5 + pen_width(p, d->now.text, &f) > canvas_right(d))
		f.side = PEN_RIGHT;
	pen_text(p, d->now.text, x + (f.side == PEN_LEFT ? 5 : -5),
		 d->canvas.top + 11 * p->letters, &f);
}

static void begins(struct pen *p, const struct drawing *d)
{
	static const double lengths[] = { 3, 3 };
	const struct pen_font f = { 10.5, false, TINT_SOFT, PEN_LEFT, true };
	double x = pen_middle(canvas_x(d, d->begins.at));

	cairo_set_dash(p->c, lengths, 2, 0);
	pen_line(p, x, d->canvas.top, x, canvas_bottom(d), TINT_GAP);
	cairo_set_dash(p->c, NULL, 0, 0);
	pen_text(p, d->begins.text, x + 7, d->canvas.top + 10 * p->letters, &f);
}

void paint_marks(struct pen *p, const struct drawing *d)
{
	if (d->notice[0])
		return;
	for (size_t i = 0; i < d->blocks; i++)
		block(p, d, &d->block[i]);
	for (size_t i = 0; i < d->ticks; i++)
		tick(p, d, &d->tick[i]);
	zero_line(p, d);
	if (d->begins.text[0])
		begins(p, d);
	if (d->now.text[0])
		now(p, d);
	paint_gap_names(p, d);
	for (size_t i = 0; i < d->missings; i++)
		missing(p, d, &d->missing[i]);
	if (d->value.text[0])
		value(p, d);
	if (d->dot.text[0])
		dot(p, d);
}
