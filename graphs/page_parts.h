/* Internal: the parts of a page that cairo paints around librrd's drawing. */
#ifndef GRAPHS_PAGE_PARTS_H
#define GRAPHS_PAGE_PARTS_H

#include <stdbool.h>

#include "graphs/page_pen.h"

/* Paint the head, or only measure it. Returns the pixels it takes. */
double page_head(struct pen *p, const struct drawing *d, bool paint);

/* The margin beside the canvas and the head. */
double page_margin(const struct drawing *d);

/* Grid, hatching and labels, below librrd's drawing. */
void page_axes(struct pen *p, const struct drawing *d);

/* Bars that are not plainly filled, ticks, notes: above it. */
void page_marks(struct pen *p, const struct drawing *d);

/* Where a fraction of the width, or a value, is in the picture. */
double page_x(const struct drawing *d, double fraction);
double page_y(const struct drawing *d, double value);

#endif
