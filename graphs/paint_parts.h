/* Internal: the parts of a chart that cairo paints around librrd's drawing. */
#ifndef GRAPHS_PAINT_PARTS_H
#define GRAPHS_PAINT_PARTS_H

#include <stdbool.h>

#include "graphs/paint_pen.h"

/* Paint the head, or only measure it. Returns the pixels it takes. */
double paint_head(struct pen *p, const struct drawing *d, bool paint);

/* The margin beside the canvas and the head. */
double paint_margin(const struct drawing *d);

/* Hatch the gaps, below librrd's drawing; label them, above it. */
void paint_gaps(struct pen *p, const struct drawing *d);
void paint_gap_names(struct pen *p, const struct drawing *d);

/* Grid and labels, below librrd's drawing. */
void paint_axes(struct pen *p, const struct drawing *d);

/* Bars that are not plainly filled, ticks, notes: above it. */
void paint_marks(struct pen *p, const struct drawing *d);

/* Convert a fraction of the width, or a value, to a position in the chart. */
double canvas_x(const struct drawing *d, double fraction);
double canvas_y(const struct drawing *d, double value);

/* The canvas's edges. */
double canvas_bottom(const struct drawing *d);
double canvas_right(const struct drawing *d);

/* Would text of this width, starting at x, cross the line of "now" or a gap? */
bool crosses_now(struct pen *p, const struct drawing *d, double x,
		 double width);
bool crosses_gap(const struct drawing *d, double x, double width);

#endif
