/* The text above a canvas: range, totals, highest and lowest values. */
#ifndef GRAPHS_LEGEND_H
#define GRAPHS_LEGEND_H

#include <stdbool.h>
#include <stddef.h>

#include "graphs/bar_values.h"
#include "graphs/charts.h"
#include "graphs/curve_values.h"
#include "graphs/draw.h"
#include "graphs/range.h"
#include "graphs/theme.h"

/* What the text describes. */
struct legend_source {
	const struct chart *chart;
	const struct range *range;
	const struct theme *theme;
	const struct bar *total; /* total of the range */
	int width;		 /* width of the picture, in pixels */
	double letters;		 /* size, as draw_letter_size */
	bool narrow;		 /* one item per line, and fewer items */
};

/* Write only the range's name, for a picture without data. */
void legend_empty(struct legend *l, const struct legend_source *src);

/* Write range, totals, highest and lowest of a curve or bars. */
void legend_curve(struct legend *l, const struct legend_source *src,
		  const struct curve *c);
void legend_bars(struct legend *l, const struct legend_source *src,
		 const struct bars *b);

#endif
