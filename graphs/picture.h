/* Draw a chart of a range: from the journal to PNG. */
#ifndef GRAPHS_PICTURE_H
#define GRAPHS_PICTURE_H

#include <stdint.h>

#include "base/err.h"
#include "graphs/drawing.h"
#include "graphs/figures.h"
#include "storage/history/history.h"

struct look {
	int width, height; /* within the DRAWING_... limits */
	int zoom;	   /* pixels of the PNG for each of these: 1 or 2 */
	const struct theme *theme;
};

/*
 * Draw the chart that *q asks for, as known at time q->now. Returns 1 and *out,
 * to be freed by drawing_free; 0 and a chart that says that the range has no
 * readings of its medium; or a negative code.
 */
int picture_draw(struct history *h, const struct figures_question *q,
		 const struct look *look, struct image *out, struct err *e);

#endif
