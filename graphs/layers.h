/* Memory for the values of a drawing's layers. */
#ifndef GRAPHS_LAYERS_H
#define GRAPHS_LAYERS_H

#include "graphs/draw.h"

/*
 * Add a layer that draws nothing yet, on top, and give its values to be
 * filled: one per cell. They belong to the drawing until layers_free. NULL
 * when there is no memory.
 */
double *layers_add(struct drawing *d, enum shape shape, uint32_t colour);

/* Free all layers, also when there are none; the rest is not touched. */
void layers_free(struct drawing *d);

#endif
