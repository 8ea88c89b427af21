/*
 * Internal: the arguments of an rrdgraph(1) command, and librrd's drawing of
 * layers. librrd keeps global state: draw one image at a time.
 */
#ifndef GRAPHS_RRD_GRAPH_H
#define GRAPHS_RRD_GRAPH_H

#include <rrd.h>

#include "base/err.h"
#include "graphs/drawing.h"

enum { RRD_WORDS = 160, RRD_TEXT = 16384 };

struct rrd_graph {
	char *word[RRD_WORDS];
	int n;
	size_t used;
	char text[RRD_TEXT];
};

/* Add an argument; `format` is as for printf. */
void rrd_graph_add(struct rrd_graph *g, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Start the arguments with the size and zoom of the drawing, and without frame,
 * arrow and rrdtool's watermark.
 */
void rrd_graph_begin(struct rrd_graph *g, const struct drawing *d, int width,
		     int height);

/* Add the time, the vertical limits and the layers of a drawing. */
void rrd_graph_layers(struct rrd_graph *g, const struct drawing *d);

/*
 * Draw. Returns librrd's description of the image, to be freed by
 * rrd_info_free; or NULL, with ERR_FAILED and librrd's message in *e.
 */
rrd_info_t *rrd_graph_run(struct rrd_graph *g, struct err *e);

/* Find a value of this image by its key; NULL if librrd did not return it. */
const rrd_infoval_t *rrd_graph_value(const rrd_info_t *info, const char *key);

/*
 * Find the PNG, which belongs to `info`. Returns NULL and ERR_FAILED if librrd
 * drew none.
 */
const rrd_blob_t *rrd_graph_png(const rrd_info_t *info, struct err *e);

#endif
