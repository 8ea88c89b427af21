/*
 * A picture's layers, scale and words to PNG, by librrd. The only file that
 * knows librrd; it knows no meter. librrd keeps its state in globals: draw one
 * picture at a time.
 */
#ifndef GRAPHS_DRAW_H
#define GRAPHS_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "graphs/scale.h"
#include "graphs/theme.h"

/* librrd cannot draw what is smaller, and nobody looks at what is larger. */
enum {
	DRAW_WIDTH_MIN = 360,
	DRAW_WIDTH_MAX = 4000,
	DRAW_HEIGHT_MIN = 150,
	DRAW_HEIGHT_MAX = 3000,
};

/* How a layer's values are shown: filled down to zero, or as a line. */
enum shape { SHAPE_AREA, SHAPE_LINE };

struct layer {
	enum shape shape;
	uint32_t colour; /* 0xRRGGBBAA */
	double *value;	 /* one per cell; NAN draws nothing, and INFINITY
			    fills up to the edge */
};

/* A vertical grid line. */
struct rule {
	int64_t at; /* UTC */
};

/* librrd cuts an item at 200 bytes. */
enum { LEGEND_ITEM = 200, LEGEND_LINES = 4 };

/*
 * A line of words above the canvas, in Pango's markup: what is not markup must
 * be free of '<', '>' and '&'.
 */
struct legend_line {
	char left[LEGEND_ITEM];
	char right[LEGEND_ITEM]; /* may be "" */
};

struct legend {
	struct legend_line line[LEGEND_LINES];
	size_t lines;
};

enum { LAYERS_MAX = 20, RULES_MAX = 32 };

struct drawing {
	int width, height; /* of the PNG, in pixels */
	const struct theme *theme;
	const struct legend *legend;
	const char *notice; /* instead of a canvas: one sentence; or NULL */

	int64_t start;	    /* of the canvas, UTC */
	int64_t step;	    /* seconds in a cell */
	size_t cells;	    /* of the canvas */
	bool slopes;	    /* join the cells by slopes, not by steps */
	struct scale scale; /* vertical, in the units of the layers */
	const char *labels; /* below the canvas, as rrdgraph(1) --x-grid has
			       them: "HOUR:2:0:%H" */
	struct layer layer[LAYERS_MAX]; /* the first lies lowest */
	size_t layers;
	struct rule rule[RULES_MAX];
	size_t rules;
};

/* The size of letters for a picture of this size; 1 at 900 x 300. */
double draw_letter_size(int width, int height);

/*
 * How many pixels wide the canvas of such a drawing is: what its size, scale
 * and legend leave. A drawing with that many cells has one pixel per cell. A
 * negative code on failure.
 */
int draw_canvas_width(const struct drawing *d, struct err *e);

struct image {
	unsigned char *bytes; /* owned; NULL when empty */
	size_t n;
};

/* Draw. 0 and *out, for draw_free; or ERR_FAILED with librrd's own words. */
int draw_png(const struct drawing *d, struct image *out, struct err *e);
void draw_free(struct image *p); /* also of a zeroed one */

#endif
