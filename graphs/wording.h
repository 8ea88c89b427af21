/* Put figures into words: the head of a picture. */
#ifndef GRAPHS_WORDING_H
#define GRAPHS_WORDING_H

#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Only the title, for a picture without data. */
void wording_title(struct head *h, const struct figures *f);

/* Title, totals and comparison, and the legend. */
void wording_head(struct head *h, const struct figures *f);

/* Title and totals, where nothing was used. */
void wording_nothing(struct head *h, const struct figures *f);

#endif
