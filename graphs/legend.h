/* The words above a canvas: which range, how much, the highest and lowest. */
#ifndef GRAPHS_LEGEND_H
#define GRAPHS_LEGEND_H

#include <stdbool.h>
#include <stddef.h>

#include "graphs/bars.h"
#include "graphs/charts.h"
#include "graphs/curve.h"
#include "graphs/draw.h"
#include "graphs/range.h"
#include "graphs/theme.h"

/* What the words are about. */
struct legend_source {
	const struct chart *chart;
	const struct range *range;
	const struct theme *theme;
	const struct bar *total; /* of the range */
	int width;		 /* of the picture, in pixels */
	double letters;		 /* size, as draw_letter_size */
	bool narrow;		 /* one thing per line, and fewer */
};

/* The range's name alone, for a picture without data. */
void legend_empty(struct legend *l, const struct legend_source *src);

/* The range, its totals, the highest and the lowest, of a curve or of bars. */
void legend_curve(struct legend *l, const struct legend_source *src,
		  const struct curve *c);
void legend_bars(struct legend *l, const struct legend_source *src,
		 const struct bars *b);

#endif
