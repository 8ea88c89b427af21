#include "graphs/layers.h"

#include <math.h>
#include <stdlib.h>

double *layers_add(struct drawing *d, enum shape shape, uint32_t colour)
{
	double *value;

	if (d->layers == LAYERS_MAX)
		return NULL;
	value = malloc(d->cells * sizeof(*value));
	if (value == NULL)
		return NULL;
	for (size_t i = 0; i < d->cells; i++)
		value[i] = NAN;
	d->layer[d->layers++] = (struct layer){ shape, colour, value };
	return value;
}

void layers_free(struct drawing *d)
{
	for (size_t i = 0; i < d->layers; i++)
		free(d->layer[i].value);
	d->layers = 0;
}
