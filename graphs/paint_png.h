/* Internal: a cairo surface as a PNG. */
#ifndef GRAPHS_PAINT_PNG_H
#define GRAPHS_PAINT_PNG_H

#include <cairo/cairo.h>

#include "base/err.h"
#include "graphs/drawing.h"

/*
 * Encode an opaque surface of CAIRO_FORMAT_ARGB32. Returns 0 and *out, to be
 * freed by drawing_free; or a negative code.
 */
int png_encode(cairo_surface_t *surface, struct image *out, struct err *e);

#endif
