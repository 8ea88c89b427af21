/*
 * Internal: text and simple shapes painted with cairo. Positions are pixels of
 * the chart; y is the baseline of text.
 */
#ifndef GRAPHS_PAINT_PEN_H
#define GRAPHS_PAINT_PEN_H

#include <cairo/cairo.h>
#include <stdbool.h>

#include "graphs/drawing.h"

struct pen {
	cairo_t *c;
	const struct theme *theme;
	double letters; /* size of letters and distances */
};

/* What x means for text: its start, its centre or its end. */
enum pen_side { PEN_LEFT, PEN_MIDDLE, PEN_RIGHT };

struct pen_font {
	double size; /* pixels at scale 1 */
	bool bold;
	enum tint tint;
	enum pen_side side;
	bool halo; /* an outline in the background colour */
};

/* A pen for a surface of this size, with smooth letters. */
struct pen pen_new(cairo_surface_t *surface, const struct drawing *d);
void pen_free(struct pen *p);

double pen_width(struct pen *p, const char *text, const struct pen_font *f);
void pen_text(struct pen *p, const char *text, double x, double y,
	      const struct pen_font *f);

/* Runs on one line; each has its own colour and weight. */
double pen_text_line_width(struct pen *p, const struct text_line *r,
			   double size);
void pen_text_line(struct pen *p, const struct text_line *r, double x, double y,
		   double size, bool halo);

void pen_tint(struct pen *p, enum tint tint, double alpha);
void pen_box(struct pen *p, double x, double y, double w, double h,
	     enum tint tint, double alpha);
/* The middle of the pixel nearest to x, where a line of 1 pixel is sharp. */
double pen_middle(double x);

/* A line of 1 pixel along the middle of pixels. */
void pen_line(struct pen *p, double x0, double y0, double x1, double y1,
	      enum tint tint);
/* A frame inside the edges. */
void pen_frame(struct pen *p, double x, double y, double w, double h,
	       enum tint tint, double thick);
/* Lines at 45 degrees, `step` pixels apart. */
void pen_hatch(struct pen *p, double x, double y, double w, double h,
	       enum tint tint, int step);

#endif
