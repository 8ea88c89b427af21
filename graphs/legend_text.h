/* Internal: the legend of a chart. */
#ifndef GRAPHS_LEGEND_TEXT_H
#define GRAPHS_LEGEND_TEXT_H

#include "base/dates.h"
#include "graphs/drawing.h"
#include "graphs/figures.h"

/* Add a key for each kind of mark in the chart. */
void legend_text(struct head *h, const struct figures *f);

/* Returns what the chart is compared with: "a usual day", "November 2025". */
void legend_text_earlier(char text[static DATES_TEXT], const struct figures *f);

#endif
