/* Memory for the values of layers. */
#ifndef GRAPHS_LAYERS_H
#define GRAPHS_LAYERS_H

#include "graphs/drawing.h"

/*
 * Add an empty layer on top and return its values, one per cell, for the caller
 * to fill. They belong to the drawing until layers_free. NULL if out of memory.
 */
double *layers_add(struct drawing *d, enum shape shape, uint32_t colour);

/* Free all layers, if any; the rest of *d is unchanged. */
void layers_free(struct drawing *d);

#endif
