/* Draw a chart of a range: from the journal to PNG. */
#ifndef GRAPHS_PICTURE_H
#define GRAPHS_PICTURE_H

#include <stdint.h>

#include "base/err.h"
#include "graphs/charts.h"
#include "graphs/draw.h"
#include "graphs/range.h"
#include "graphs/theme.h"
#include "storage/history/history.h"

struct look {
	int width, height; /* within the DRAW_... limits */
	const struct theme *theme;
};

/*
 * Draw the chart over range r as known at time `now`. Returns 1, or 0 if the
 * range has no readings of the chart's medium and the picture says so, and *out,
 * to be freed by draw_free; or a negative code.
 */
int picture_draw(struct history *h, const struct chart *c,
		 const struct range *r, const struct look *look, int64_t now,
		 struct image *out, struct err *e);

#endif
