/* Axes of a drawing: grid lines and labels. */
#ifndef GRAPHS_AXIS_H
#define GRAPHS_AXIS_H

#include "graphs/draw.h"
#include "graphs/range.h"

/* Number of horizontal grid lines that fit. */
int axis_lines(const struct drawing *d);

/*
 * Set the labels below the canvas and the vertical lines: every second hour of
 * a day, every midnight of a week, every Monday of a month.
 */
void axis_set(struct drawing *d, const struct range *r);

#endif
