#include "graphs/paint_canvas.h"

#include <stdlib.h>
#include <string.h>

#include "graphs/rrd_graph.h"

/* The bytes of a PNG that are still to be read. */
struct unread {
	const unsigned char *p;
	size_t n;
};

static cairo_status_t read_png(void *closure, unsigned char *to, unsigned n)
{
	struct unread *u = closure;

	if (n > u->n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, u->p, n);
	u->p += n;
	u->n -= n;
	return CAIRO_STATUS_SUCCESS;
}

/* librrd's image has the zoomed size in pixels. */
static int paint(struct pen *p, const rrd_blob_t *png, const struct drawing *d,
		 struct err *e)
{
	struct unread rest = { png->ptr, png->size };
	cairo_surface_t *surface =
		cairo_image_surface_create_from_png_stream(read_png, &rest);
	cairo_status_t rc = cairo_surface_status(surface);

	cairo_save(p->c);
	cairo_translate(p->c, d->canvas.left, d->canvas.top);
	cairo_scale(p->c, 1.0 / d->zoom, 1.0 / d->zoom);
	cairo_set_source_surface(p->c, surface, 0, 0);
	cairo_paint(p->c);
	cairo_restore(p->c);
	cairo_surface_destroy(surface);
	return rc == CAIRO_STATUS_SUCCESS ? 0
					  : err_set(e, ERR_FAILED, "cairo: %s",
						    cairo_status_to_string(rc));
}

int paint_canvas_draw(struct pen *p, const struct drawing *d, struct err *e)
{
	struct rrd_graph *g = calloc(1, sizeof(*g));
	const rrd_blob_t *png;
	rrd_info_t *info;
	int rc;

	if (g == NULL)
		return err_memory(e);
	rrd_graph_begin(g, d, d->canvas.width, d->canvas.height);
	rrd_graph_add(g, "--only-graph");
	rrd_graph_add(g, "--color=BACK#00000000");
	rrd_graph_add(g, "--color=CANVAS#00000000");
	rrd_graph_add(g, "--x-grid=none");
	rrd_graph_add(g, "--y-grid=none");
	rrd_graph_layers(g, d);
	info = rrd_graph_run(g, e);
	free(g);
	if (info == NULL)
		return e->code;
	png = rrd_graph_png(info, e);
	rc = png != NULL ? paint(p, png, d, e) : e->code;
	rrd_info_free(info);
	return rc;
}
