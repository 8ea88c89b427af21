/* How the scale of a drawing fills its canvas. */
#ifndef GRAPHS_VERTICAL_AXIS_H
#define GRAPHS_VERTICAL_AXIS_H

#include "graphs/drawing.h"

/* Number of horizontal grid lines that fit. */
int vertical_axis_lines(const struct drawing *d);

/* Air of so many pixels at letters 1; at most a third of the canvas. */
struct air vertical_axis_air(const struct drawing *d, int above, int below);

/*
 * Make a pixel of the canvas a whole part of the scale below and above zero, so
 * that zero is the edge of a pixel.
 */
void vertical_axis_fit_pixels(struct drawing *d);

#endif
