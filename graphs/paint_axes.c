/* Grid and labels of the axes. */
#include "graphs/paint_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * A number of the vertical axis, without a sign, since the direction shows it;
 * only the highest number has the unit.
 */
static void axis_number(char *text, size_t size, const struct drawing *d,
			double value, bool unit)
{
	const struct scale *s = &d->scale;
	int decimals = fabs(value) < s->step / 2 ? 0 : s->decimals;
	char *point;

	snprintf(text, size, "%.*f%s%s", decimals, fabs(value),
		 unit ? "\u00a0" : "", unit ? s->unit : "");
	point = strchr(text, '.');
	if (point != NULL)
		*point = d->point;
}

static void values(struct pen *p, const struct drawing *d)
{
	const struct pen_font f = { 11, false, TINT_SOFT, PEN_RIGHT, false };
	const struct scale *s = &d->scale;
	int last = (int)floor(s->high / s->step + 1e-9);
	double right = canvas_right(d);
	char text[32];

	for (int n = (int)ceil(s->low / s->step - 1e-9); n <= last; n++) {
		double y = pen_middle(canvas_y(d, n * s->step));

		pen_line(p, d->canvas.left, y, right, y,
			 n == 0 ? TINT_ZERO : TINT_GRID);
		axis_number(text, sizeof(text), d, n * s->step, n == last);
		pen_text(p, text, d->canvas.left - 7, y + 4 * p->letters, &f);
	}
}

/*
 * Keep x within the canvas, so that the first and the last label are not cut
 * off.
 */
static double within(const struct drawing *d, double x, double width)
{
	double right = canvas_right(d);

	if (x < d->canvas.left)
		return d->canvas.left;
	return x + width > right ? right - width : x;
}

/* The second line of a label: of two numbers the first, if both do not fit. */
static struct text_line second_line(struct pen *p, const struct drawing *d,
				    const struct label *l)
{
	struct text_line line = l->second;
	double pitch = d->canvas.width / (double)d->labels;

	if (line.n > 1 && pen_text_line_width(p, &line, 11) + 5 > pitch)
		line.n = 1;
	return line;
}

static void labels(struct pen *p, const struct drawing *d)
{
	struct pen_font f = { 11, false, TINT_SOFT, PEN_LEFT, false };
	double bottom = canvas_bottom(d);

	for (size_t i = 0; i < d->labels; i++) {
		const struct label *l = &d->label[i];
		struct text_line second = second_line(p, d, l);
		double x = canvas_x(d, l->at);
		double width = pen_width(p, l->text, &f);

		f.tint = d->two_lines && !l->dim ? TINT_INK : TINT_SOFT;
		pen_text(p, l->text, within(d, x - width / 2, width),
			 bottom + (d->two_lines ? 14 : 15) * p->letters, &f);
		width = pen_text_line_width(p, &second, 11);
		pen_text_line(p, &second, x - width / 2,
			      bottom + 29 * p->letters, 11, false);
	}
	f.tint = TINT_SOFT;
	f.side = PEN_RIGHT;
	if (d->two_lines)
		pen_text(p, d->second, d->canvas.left - 7,
			 bottom + 29 * p->letters, &f);
}

void paint_axes(struct pen *p, const struct drawing *d)
{
	double bottom = canvas_bottom(d);

	if (d->notice[0] && d->labels == 0)
		return;
	if (d->notice[0])
		pen_line(p, d->canvas.left, bottom + 0.5, canvas_right(d),
			 bottom + 0.5, TINT_ZERO);
	else
		values(p, d);
	labels(p, d);
	for (size_t i = 0; i < d->rules; i++) {
		double x = pen_middle(canvas_x(d, d->rule[i]));

		pen_line(p, x, d->canvas.top, x, bottom, TINT_GRID);
	}
}
