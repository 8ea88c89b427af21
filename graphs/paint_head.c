/* The head: title, totals, comparison and legend. */
#include "graphs/paint_parts.h"

#include <math.h>

enum { TEXT = 11 }; /* size of all but title and totals */

static const struct pen_font plain = { TEXT, false, TINT_SOFT, PEN_LEFT,
				       false };

double paint_margin(const struct drawing *d)
{
	return drawing_is_small(d) ? 12 : 18 * drawing_letters(d);
}

/* A small framed square, filled with a paler shade of its colour. */
static void square(struct pen *p, double x, double y, enum tint tint,
		   double alpha)
{
	pen_box(p, x, y, 11, 10, tint, alpha);
	if (alpha < 1)
		pen_frame(p, x, y, 11, 10, tint, 1.2);
}

static void dash(struct pen *p, double x, double y)
{
	static const double lengths[] = { 5, 3 };

	pen_tint(p, TINT_INK, 0.9);
	cairo_set_line_width(p->c, 1.5);
	cairo_set_dash(p->c, lengths, 2, 0);
	cairo_move_to(p->c, x, y);
	cairo_line_to(p->c, x + 18, y);
	cairo_stroke(p->c);
	cairo_set_dash(p->c, NULL, 0, 0);
}

static void sample(struct pen *p, const struct key *k, double x, double y)
{
	switch (k->shape) {
	case KEY_BOX:
		square(p, x, y, k->tint, 1);
		break;
	case KEY_AREA:
		square(p, x, y, k->tint, (double)THEME_IMPORT_AREA / 100);
		break;
	case KEY_PART:
		square(p, x, y, k->tint, (double)THEME_UNFINISHED / 100);
		break;
	case KEY_HATCH:
		pen_hatch(p, x, y, 11, 10, k->tint, 4);
		pen_frame(p, x, y, 11, 10, k->tint, 1);
		break;
	case KEY_DASH:
		dash(p, x, y + 5);
		break;
	case KEY_TICK:
		pen_box(p, x, y + 4, 14, 2, TINT_INK, 1);
	}
}

/* Pixels of a sample and the space after it. */
static double sample_width(const struct key *k)
{
	return k->shape == KEY_DASH ? 23 : k->shape == KEY_TICK ? 19 : 16;
}

/* Legend, on as many lines as it needs. Returns the text's last line. */
static double keys(struct pen *p, const struct drawing *d, double y, bool paint)
{
	double margin = paint_margin(d), x = margin;

	for (size_t i = 0; i < d->head.keys; i++) {
		const struct key *k = &d->head.key[i];
		double words = pen_width(p, k->word, &plain);

		if (x > margin &&
		    x + sample_width(k) + words > d->width - margin) {
			x = margin;
			y += 15 * p->letters;
		}
		if (paint) {
			sample(p, k, x, y - 9 * p->letters);
			pen_text(p, k->word, x + sample_width(k), y, &plain);
		}
		x += sample_width(k) + words + 16;
	}
	return y;
}

/* The line below title and totals. Returns the next text's line. */
static double details(struct pen *p, const struct drawing *d, double y,
		      bool paint)
{
	struct pen_font right = plain;
	double room = d->width - 2 * paint_margin(d) - 20;
	bool both = pen_width(p, d->head.left, &plain) +
			    pen_width(p, d->head.right, &plain) <=
		    room;

	right.side = PEN_RIGHT;
	if (d->head.left[0] && paint)
		pen_text(p, d->head.left, paint_margin(d), y, &plain);
	if (d->head.left[0] && !both)
		y += 15 * p->letters;
	if (d->head.right[0] && paint)
		pen_text(p, d->head.right, d->width - paint_margin(d), y,
			 &right);
	return y + 17 * p->letters;
}

double paint_head(struct pen *p, const struct drawing *d, bool paint)
{
	const struct head *h = &d->head;
	bool small = drawing_is_small(d);
	const struct pen_font bold = { small ? 15 : 17, true, TINT_INK,
				       PEN_LEFT, false };
	const struct text_line *sums = small ? &h->short_sums : &h->sums;
	const char *title = small ? h->short_title : h->title;
	double margin = paint_margin(d), size = small ? 12.5 : 13.5;
	double y = (small ? 22 : 26) * p->letters;
	double width = pen_text_line_width(p, sums, size);
	bool beside = width + pen_width(p, title, &bold) + 20 <=
		      d->width - 2 * margin;

	if (paint)
		pen_text(p, title, margin, y, &bold);
	if (!beside) {
		y += 17 * p->letters;
		size = 11.5;
	}
	if (paint)
		pen_text_line(p, sums,
			      beside ? d->width - margin - width : margin, y,
			      size, false);
	y += 18 * p->letters;
	if (d->height < 220 || (small && d->height < 260))
		return y - 6;
	if (h->left[0] || h->right[0])
		y = details(p, d, y, paint);
	if (!small || d->height >= 260)
		y = keys(p, d, y, paint);
	return y + 8 * p->letters + 6;
}
