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
int page_measure(struct drawing *d, struct err *e);
int plain_measure(struct drawing *d, struct err *e);

/*
 * Paint. Returns 0 and *out, to be freed by drawing_free; or ERR_FAILED with
 * librrd's message.
 */
int page_paint(const struct drawing *d, struct image *out, struct err *e);
int plain_paint(const struct drawing *d, struct image *out, struct err *e);

#ifdef HAVE_CAIRO
#define painter_measure page_measure
#define painter_paint page_paint
#else
#define painter_measure plain_measure
#define painter_paint plain_paint
#endif

#endif
