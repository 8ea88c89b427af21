/* Internal: librrd's drawing of the layers, on a cairo surface. */
#ifndef GRAPHS_PAINT_CANVAS_H
#define GRAPHS_PAINT_CANVAS_H

#include "base/err.h"
#include "graphs/paint_pen.h"

/* Let librrd draw the layers into the drawing's canvas. */
int paint_canvas_draw(struct pen *p, const struct drawing *d, struct err *e);

#endif
