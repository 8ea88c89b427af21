#include "graphs/painter.h"

#include <math.h>

#include "graphs/paint_canvas.h"
#include "graphs/paint_parts.h"
#include "graphs/paint_png.h"

double canvas_x(const struct drawing *d, double fraction)
{
	return d->canvas.left + fraction * d->canvas.width;
}

double canvas_y(const struct drawing *d, double value)
{
	const struct scale *s = &d->scale;

	return d->canvas.top +
	       (s->high - value) / (s->high - s->low) * d->canvas.height;
}

double canvas_bottom(const struct drawing *d)
{
	return d->canvas.top + d->canvas.height;
}

double canvas_right(const struct drawing *d)
{
	return d->canvas.left + d->canvas.width;
}

static cairo_surface_t *surface_of(int width, int height, struct err *e)
{
	cairo_surface_t *s =
		cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	cairo_status_t status = cairo_surface_status(s);

	if (status == CAIRO_STATUS_SUCCESS)
		return s;
	cairo_surface_destroy(s);
	err_set(e, ERR_FAILED, "cairo: %s", cairo_status_to_string(status));
	return NULL;
}

int paint_measure(struct drawing *d, struct err *e)
{
	cairo_surface_t *s = surface_of(1, 1, e);
	double letters = drawing_letters(d);
	double below = (drawing_is_small(d) ? 21 : 26) * letters;
	double margin = paint_margin(d);
	struct pen p;

	if (s == NULL)
		return e->code;
	if (d->two_lines)
		below += 15 * letters;
	p = pen_new(s, d);
	d->canvas.left =
		(int)lround(margin + (drawing_is_small(d) ? 50 : 46) * letters);
	d->canvas.width = (int)lround(d->width - margin) - d->canvas.left;
	d->canvas.top = (int)lround(paint_head(&p, d, false));
	d->canvas.height = (int)lround(d->height - below) - d->canvas.top;
	pen_free(&p);
	cairo_surface_destroy(s);
	return 0;
}

static void notice(struct pen *p, const struct drawing *d)
{
	const struct pen_font f = { 14, false, TINT_SOFT, PEN_MIDDLE, false };

	pen_text(p, d->notice, d->width / 2.0, d->height / 2.0 + 10, &f);
}

int paint_picture(const struct drawing *d, struct image *out, struct err *e)
{
	cairo_surface_t *s =
		surface_of(d->width * d->zoom, d->height * d->zoom, e);
	struct pen p;
	int rc = 0;

	*out = (struct image){ 0 };
	if (s == NULL)
		return e->code;
	p = pen_new(s, d);
	cairo_scale(p.c, d->zoom, d->zoom);
	pen_box(&p, 0, 0, d->width, d->height, TINT_CARD, 1);
	paint_head(&p, d, true);
	paint_axes(&p, d);
	paint_gaps(&p, d);
	if (d->layers > 0)
		rc = paint_canvas_draw(&p, d, e);
	if (rc == 0) {
		paint_marks(&p, d);
		notice(&p, d);
		rc = png_encode(s, out, e);
	}
	pen_free(&p);
	cairo_surface_destroy(s);
	return rc;
}
