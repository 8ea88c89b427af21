#include "graphs/page_canvas.h"

#include <stdlib.h>

#include "graphs/page_png.h"
#include "graphs/rrd_graph.h"

/* Where librrd's picture goes instead of into a PNG; NULL: into a PNG. */
static struct pen *paper;
static struct canvas place;

/*
 * Takes the place of cairo's function of this name, which librrd calls to write
 * its picture: nine tenths of the time that it takes to draw one went into a
 * PNG that had to be read again.
 */
cairo_status_t cairo_surface_write_to_png_stream(cairo_surface_t *surface,
						 cairo_write_func_t write,
						 void *closure)
{
	struct image png;
	struct err e;
	cairo_status_t rc;

	if (paper != NULL) {
		cairo_set_source_surface(paper->c, surface, place.left,
					 place.top);
		cairo_paint(paper->c);
		return cairo_status(paper->c);
	}
	if (png_encode(surface, &png, &e) < 0)
		return CAIRO_STATUS_WRITE_ERROR;
	rc = write(closure, png.bytes, (unsigned)png.n);
	drawing_free(&png);
	return rc;
}

int page_canvas_draw(struct pen *p, const struct drawing *d, struct err *e)
{
	struct rrd_graph *g = calloc(1, sizeof(*g));
	rrd_info_t *info;

	if (g == NULL)
		return err_memory(e);
	rrd_graph_begin(g, d->canvas.width, d->canvas.height);
	rrd_graph_add(g, "--only-graph");
	rrd_graph_add(g, "--color=BACK#00000000");
	rrd_graph_add(g, "--color=CANVAS#00000000");
	rrd_graph_add(g, "--x-grid=none");
	rrd_graph_add(g, "--y-grid=none");
	rrd_graph_layers(g, d);
	paper = p;
	place = d->canvas;
	info = rrd_graph_run(g, e);
	paper = NULL;
	free(g);
	if (info == NULL)
		return e->code;
	rrd_info_free(info);
	return 0;
}
