/*
 * Paint a drawing: head, canvas and marks. cairo paints it around librrd's
 * image of the layers. A build without cairo uses only librrd, without
 * hatching, ticks, text within the canvas and the second line of labels.
 */
#ifndef GRAPHS_PAINTER_H
#define GRAPHS_PAINTER_H

#include "base/err.h"
#include "graphs/drawing.h"

/*
 * Set d->canvas to the space that a drawing's size and head leave. Returns 0 or
 * a negative code.
 */
int paint_measure(struct drawing *d, struct err *e);
int without_cairo_measure(struct drawing *d, struct err *e);

/*
 * Paint. Returns 0 and *out, to be freed by drawing_free; or ERR_FAILED with
 * librrd's message.
 */
int paint_picture(const struct drawing *d, struct image *out, struct err *e);
int without_cairo_paint(const struct drawing *d, struct image *out,
			struct err *e);

#ifdef HAVE_CAIRO
#define painter_measure paint_measure
#define painter_paint paint_picture
#else
#define painter_measure without_cairo_measure
#define painter_paint without_cairo_paint
#endif

#endif
