/* Convert curves and bars to layers of a drawing. */
#ifndef GRAPHS_PLOT_H
#define GRAPHS_PLOT_H

#include "base/err.h"
#include "graphs/bar_values.h"
#include "graphs/charts.h"
#include "graphs/curve_values.h"
#include "graphs/draw.h"
#include "graphs/range.h"

/*
 * Add layers, scale, labels and grid lines to a drawing that has its size,
 * theme and legend. Returns 0 or a negative code; call layers_free in either
 * case.
 */
int plot_curve(struct drawing *d, const struct range *r, const struct curve *c,
	       struct err *e);
int plot_bars(struct drawing *d, const struct chart *c, const struct range *r,
	      const struct bars *b, struct err *e);

#endif
