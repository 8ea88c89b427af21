/* How the scale of a drawing fills its canvas. */
#ifndef GRAPHS_VERTICAL_AXIS_H
#define GRAPHS_VERTICAL_AXIS_H

#include "graphs/drawing.h"

/* Number of horizontal grid lines that fit. */
int vertical_axis_lines(const struct drawing *d);

/*
 * Empty space above and below the marks, in pixels for letters of size 1; at
 * most a third of the canvas.
 */
struct air vertical_axis_air(const struct drawing *d, int above, int below);

/*
 * Adjust the ends of the scale so that zero falls on the edge of a pixel of the
 * canvas.
 */
void vertical_axis_fit_pixels(struct drawing *d);

#endif
