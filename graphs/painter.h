/*
 * Paint a drawing: head, canvas and marks. The page is painted with cairo over
 * librrd's picture of the layers. A build without cairo paints it plainly: by
 * librrd alone, without hatching, ticks, words within the canvas and the second
 * line of labels.
 */
#ifndef GRAPHS_PAINTER_H
#define GRAPHS_PAINTER_H

#include "base/err.h"
#include "graphs/drawing.h"

/*
 * Find the canvas that a drawing's size and head leave; set d->canvas. Returns
 * 0 or a negative code.
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
