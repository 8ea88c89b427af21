#include "graphs/paint_pen.h"

#include <math.h>

struct pen pen_new(cairo_surface_t *surface, const struct drawing *d)
{
	struct pen p = { cairo_create(surface), d->theme, drawing_letters(d) };
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_SLIGHT);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(p.c, o);
	cairo_font_options_destroy(o);
	return p;
}

void pen_free(struct pen *p)
{
	cairo_destroy(p->c);
}

static void set_font(struct pen *p, const struct pen_font *f)
{
	cairo_select_font_face(p->c, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
			       f->bold ? CAIRO_FONT_WEIGHT_BOLD
				       : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(p->c, f->size * p->letters);
}

double pen_width(struct pen *p, const char *text, const struct pen_font *f)
{
	cairo_text_extents_t extents;

	set_font(p, f);
	cairo_text_extents(p->c, text, &extents);
	return extents.x_advance;
}

static void rim(struct pen *p, const char *text, double x, double y)
{
	cairo_move_to(p->c, x, y);
	cairo_text_path(p->c, text);
	pen_tint(p, TINT_CARD, 0.92);
	cairo_set_line_width(p->c, 3.5);
	cairo_set_line_join(p->c, CAIRO_LINE_JOIN_ROUND);
	cairo_stroke(p->c);
	cairo_set_line_join(p->c, CAIRO_LINE_JOIN_MITER);
}

void pen_text(struct pen *p, const char *text, double x, double y,
	      const struct pen_font *f)
{
	if (text[0] == '\0')
		return;
	x -= pen_width(p, text, f) * (int)f->side / 2;
	if (f->halo)
		rim(p, text, x, y);
	cairo_move_to(p->c, x, y);
	pen_tint(p, f->tint, 1);
	cairo_show_text(p->c, text);
}

static struct pen_font font_of(const struct text_piece *r, double size,
			       bool halo)
{
	return (struct pen_font){ size, r->bold, r->tint, PEN_LEFT, halo };
}

double pen_text_line_width(struct pen *p, const struct text_line *r,
			   double size)
{
	double width = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct pen_font f = font_of(&r->piece[i], size, false);

		width += pen_width(p, r->piece[i].text, &f);
	}
	return width;
}

void pen_text_line(struct pen *p, const struct text_line *r, double x, double y,
		   double size, bool halo)
{
	for (size_t i = 0; i < r->n; i++) {
		struct pen_font f = font_of(&r->piece[i], size, halo);

		pen_text(p, r->piece[i].text, x, y, &f);
		x += pen_width(p, r->piece[i].text, &f);
	}
}

void pen_tint(struct pen *p, enum tint tint, double alpha)
{
	uint32_t colour = p->theme->tint[tint];

	cairo_set_source_rgba(p->c, (colour >> 16 & 0xff) / 255.0,
			      (colour >> 8 & 0xff) / 255.0,
			      (colour & 0xff) / 255.0, alpha);
}

void pen_box(struct pen *p, double x, double y, double w, double h,
	     enum tint tint, double alpha)
{
	pen_tint(p, tint, alpha);
	cairo_rectangle(p->c, x, y, w, h);
	cairo_fill(p->c);
}

double pen_middle(double x)
{
	return round(x) + 0.5;
}

void pen_line(struct pen *p, double x0, double y0, double x1, double y1,
	      enum tint tint)
{
	pen_tint(p, tint, 1);
	cairo_set_line_width(p->c, 1);
	cairo_move_to(p->c, x0, y0);
	cairo_line_to(p->c, x1, y1);
	cairo_stroke(p->c);
}

void pen_frame(struct pen *p, double x, double y, double w, double h,
	       enum tint tint, double thick)
{
	pen_tint(p, tint, 1);
	cairo_set_line_width(p->c, thick);
	cairo_rectangle(p->c, x + thick / 2, y + thick / 2, w - thick,
			fmax(h - thick, 0.5));
	cairo_stroke(p->c);
}

void pen_hatch(struct pen *p, double x, double y, double w, double h,
	       enum tint tint, int step)
{
	cairo_save(p->c);
	cairo_rectangle(p->c, x, y, w, h);
	cairo_clip(p->c);
	pen_tint(p, tint, 0.8);
	cairo_set_line_width(p->c, 1);
	for (int i = (int)floor((x - h) / step); i * step < x + w; i++) {
		cairo_move_to(p->c, i * step, y + h);
		cairo_line_to(p->c, i * step + h, y);
	}
	cairo_stroke(p->c);
	cairo_restore(p->c);
}
