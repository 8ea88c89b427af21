/* Convert figures to layers and marks of a drawing. */
#ifndef GRAPHS_PLOT_H
#define GRAPHS_PLOT_H

#include "base/err.h"
#include "graphs/drawing.h"
#include "graphs/figures.h"

/*
 * Add layers, scale, labels and marks to a drawing that has its size, theme,
 * head and canvas. Returns 0 or a negative code; call layers_free in either
 * case.
 */
int plot_curve(struct drawing *d, const struct figures *f, struct err *e);
int plot_bars(struct drawing *d, const struct figures *f, struct err *e);

#endif
