/* Time axis of a drawing: labels below the canvas and vertical lines. */
#ifndef GRAPHS_AXIS_H
#define GRAPHS_AXIS_H

#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Number of horizontal grid lines that fit. */
int axis_lines(const struct drawing *d);

/* Air of so many pixels at letters 1; at most a third of the canvas. */
struct air axis_air(const struct drawing *d, int above, int below);

/*
 * Make a pixel of the canvas a whole part of the scale below and above zero, so
 * that zero is the edge of a pixel.
 */
void axis_fit_pixels(struct drawing *d);

/* Where an instant is along the canvas, 0 to 1. */
double axis_at(const struct range *r, int64_t t);

/*
 * The time axis: every second hour of the clock, the days of a week with what
 * was consumed on each, days or months.
 */
void axis_set(struct drawing *d, const struct figures *f);

#endif
