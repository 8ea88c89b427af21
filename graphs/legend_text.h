/* Internal: the legend of a picture. */
#ifndef GRAPHS_LEGEND_TEXT_H
#define GRAPHS_LEGEND_TEXT_H

#include "base/dates.h"
#include "graphs/drawing.h"
#include "graphs/figures.h"

/* A key for each kind of mark that the picture has. */
void legend_text(struct head *h, const struct figures *f);

/* What it is compared with: "a usual day", "November 2025". */
void legend_text_earlier(char text[static DATES_TEXT], const struct figures *f);

#endif
