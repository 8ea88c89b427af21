/* Time axis of a drawing: labels below the canvas and vertical lines. */
#ifndef GRAPHS_TIME_AXIS_H
#define GRAPHS_TIME_AXIS_H

#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Returns the position of an instant along the canvas, 0 to 1. */
double time_axis_at(const struct range *r, int64_t t);

/*
 * The time axis: every second hour of the clock, the days of a week with the
 * consumption of each, days or months.
 */
void time_axis_set(struct drawing *d, const struct figures *f);

#endif
