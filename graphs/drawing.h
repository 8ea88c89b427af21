/*
 * What a chart shows, independent of how it is painted: the head with its
 * texts, and the canvas with layers, marks and labels. It knows nothing about
 * meters.
 */
#ifndef GRAPHS_DRAWING_H
#define GRAPHS_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "graphs/round_scale.h"
#include "graphs/theme.h"

/* librrd cannot draw smaller charts; larger ones are of no use. */
enum {
	DRAWING_WIDTH_MIN = 360,
	DRAWING_WIDTH_MAX = 4000,
	DRAWING_HEIGHT_MIN = 150,
	DRAWING_HEIGHT_MAX = 3000,
};

/* Text in one colour; a line of them is painted from left to right. */
struct text_piece {
	enum tint tint;
	bool bold;
	char text[72];
};

enum { PIECES_MAX = 8 };

struct text_line {
	size_t n;
	struct text_piece piece[PIECES_MAX];
};

/* An entry of the legend: a sample of a mark, and its meaning. */
enum key_shape { KEY_BOX, KEY_AREA, KEY_PART, KEY_HATCH, KEY_DASH, KEY_TICK };

struct key {
	enum key_shape shape;
	enum tint tint;
	char word[72];
};

enum { KEYS_MAX = 8, HEAD_TEXT = 160 };

struct head {
	char title[HEAD_TEXT], short_title[HEAD_TEXT];
	struct text_line sums;	     /* totals as text */
	struct text_line short_sums; /* the same for a narrow chart */
	char left[HEAD_TEXT], right[HEAD_TEXT]; /* below; may be "" */
	char peak[HEAD_TEXT]; /* for a chart that cannot show it; may be "" */
	struct key key[KEYS_MAX];
	size_t keys;
};

/*
 * How a layer is shown: filled down to zero, as a line, or dashed. Where several
 * cells share a pixel it shows their mean, and of SHAPE_PEAKS, an area, the
 * highest.
 */
enum shape { SHAPE_AREA, SHAPE_PEAKS, SHAPE_LINE, SHAPE_DASH };

struct layer {
	enum shape shape;
	uint32_t colour; /* 0xRRGGBB */
	double *value;	 /* one per cell; NAN draws nothing */
};

/*
 * In the structs below, positions along the canvas are fractions of its width,
 * 0 to 1.
 */

/* A label below the canvas, with a second line of its own. */
struct label {
	double at;
	char text[16];
	bool dim;		 /* in the future */
	struct text_line second; /* may be empty */
};

/* A gap: a time without readings. */
struct gap_mark {
	double from, to;
	struct text_line line[2]; /* one below the other; may be empty */
};

/* A bar without a plain fill. */
enum block_style { BLOCK_UNFINISHED, BLOCK_GAP };

struct block {
	enum block_style style;
	int x, width; /* pixels of the canvas */
	double from, to;
	enum tint tint;
};

/* What a bar is compared with. */
struct tick {
	int x, width; /* pixels of the canvas */
	double value;
};

/* Text at a point of the canvas. */
struct callout {
	double at, value;
	char text[80]; /* "" if none */
	bool before;   /* text left of the point, if it fits there */
};

enum {
	LAYERS_MAX = 16,
	LABELS_MAX = 40,
	RULES_MAX = 40,
	GAPS_MAX = 24,
	BLOCKS_MAX = 360,
	TICKS_MAX = 140,
	CALLOUTS_MAX = 4,
};

/* Where librrd draws, in pixels of the chart. */
struct canvas {
	int left, top, width, height;
};

struct drawing {
	int width, height; /* size in pixels, before the zoom */
	int zoom;	   /* pixels of the PNG for each of these */
	const struct theme *theme;
	char point; /* before decimals */
	struct head head;
	char notice[80];      /* one sentence instead of a chart, or "" */
	struct canvas canvas; /* set before the rest below */

	int64_t start;			/* start of the canvas, UTC */
	int64_t step;			/* seconds per cell */
	size_t cells;			/* cells of the canvas */
	struct scale scale;		/* vertical, in the layers' units */
	struct layer layer[LAYERS_MAX]; /* the first is at the bottom */
	size_t layers;

	struct label label[LABELS_MAX];
	size_t labels;
	bool two_lines;		/* some label has a second line */
	const char *second;	/* its unit */
	double rule[RULES_MAX]; /* vertical grid lines */
	size_t rules;
	struct gap_mark gap[GAPS_MAX];
	size_t gaps;
	struct block block[BLOCKS_MAX];
	size_t blocks;
	struct tick tick[TICKS_MAX];
	size_t ticks;
	struct callout dot;		      /* the peak of a curve */
	struct callout value;		      /* above the highest bar */
	struct callout missing[CALLOUTS_MAX]; /* above bars in a gap */
	size_t missings;
	struct callout now;    /* a line through the canvas */
	struct callout begins; /* a dashed line: start of the known part */
};

/* Returns the scale of letters and distances in this chart; 1 at 900 x 300. */
double drawing_letters(const struct drawing *d);

/* Is the chart too narrow for the text beside the numbers? */
static inline bool drawing_is_small(const struct drawing *d)
{
	return d->width < 700;
}

/* Append to a line of runs; leave out what does not fit. */
void drawing_piece(struct text_line *r, enum tint tint, bool bold,
		   const char *text);

struct image {
	unsigned char *bytes; /* owned; NULL when empty */
	size_t n;
};

void drawing_free(struct image *p); /* safe if zeroed */

#endif
