/* Put figures into words: the head of a picture. */
#ifndef GRAPHS_HEAD_TEXT_H
#define GRAPHS_HEAD_TEXT_H

#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Only the title, for a picture without data. */
void head_text_title(struct head *h, const struct figures *f);

/* Title, totals and comparison, and the legend. */
void head_text(struct head *h, const struct figures *f);

/* Title and totals, where nothing was used. */
void head_text_nothing(struct head *h, const struct figures *f);

#endif
