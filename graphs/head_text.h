/* Write figures as text: the head of a chart. */
#ifndef GRAPHS_HEAD_TEXT_H
#define GRAPHS_HEAD_TEXT_H

#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Write only the title, for a chart without data. */
void head_text_title(struct head *h, const struct figures *f);

/* Write title, totals and comparison, and the legend. */
void head_text(struct head *h, const struct figures *f);

/* Write title and totals, where nothing was used. */
void head_text_nothing(struct head *h, const struct figures *f);

#endif
