/*
 * Draw layers, scale and text as a PNG through librrd. The only file that uses
 * librrd; knows nothing about meters. librrd keeps global state: draw one
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

/* librrd cannot draw smaller pictures; larger ones are useless. */
enum {
	DRAW_WIDTH_MIN = 360,
	DRAW_WIDTH_MAX = 4000,
	DRAW_HEIGHT_MIN = 150,
	DRAW_HEIGHT_MAX = 3000,
};

/* How a layer is shown: filled down to zero, or as a line. */
enum shape { SHAPE_AREA, SHAPE_LINE };

struct layer {
	enum shape shape;
	uint32_t colour; /* 0xRRGGBBAA */
	double *value;	 /* one per cell; NAN draws nothing, INFINITY fills
			    up to the edge */
};

/* A vertical grid line. */
struct rule {
	int64_t at; /* UTC */
};

/* librrd truncates an item at 200 bytes. */
enum { LEGEND_ITEM = 200, LEGEND_LINES = 4 };

/*
 * A line of text above the canvas in Pango markup; '<', '>' and '&' only as
 * markup.
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
	int width, height; /* size of the PNG in pixels */
	const struct theme *theme;
	const struct legend *legend;
	const char *notice; /* one sentence instead of a canvas, or NULL */

	int64_t start;	    /* start of the canvas, UTC */
	int64_t step;	    /* seconds per cell */
	size_t cells;	    /* cells of the canvas */
	bool slopes;	    /* join the cells by slopes instead of steps */
	struct scale scale; /* vertical, in the layers' units */
	const char *labels; /* below the canvas, in the format of rrdgraph(1)
			       --x-grid: "HOUR:2:0:%H" */
	struct layer layer[LAYERS_MAX]; /* the first is at the bottom */
	size_t layers;
	struct rule rule[RULES_MAX];
	size_t rules;
};

/* Font scale for a picture of this size; 1 at 900 x 300. */
double draw_letter_size(int width, int height);

/*
 * Width of the canvas in pixels, given the drawing's size, scale and legend. A
 * drawing with that many cells has one pixel per cell. Returns a negative code
 * on failure.
 */
int draw_canvas_width(const struct drawing *d, struct err *e);

struct image {
	unsigned char *bytes; /* owned; NULL when empty */
	size_t n;
};

/*
 * Draw. Returns 0 and *out, to be freed by draw_free; or ERR_FAILED with
 * librrd's message.
 */
int draw_png(const struct drawing *d, struct image *out, struct err *e);
void draw_free(struct image *p); /* accepts a zeroed one */

#endif
