/* A vertical axis with round numbers. */
#ifndef GRAPHS_SCALE_H
#define GRAPHS_SCALE_H

#include <stdint.h>

/* A unit of display: the small unit that is kept, and how it is shown. */
struct measure {
	const char *unit; /* "kWh" */
	int64_t size;	  /* small units (Wh) in one of it */
	int decimals;	  /* that tell every small unit */
};

struct scale {
	double low, high; /* the ends, in `measure.unit` */
	double step;	  /* between grid lines */
	int decimals;	  /* that a label needs */
	const char *unit; /* static storage */
	int64_t size;	  /* small units in one */
};

/*
 * A scale from -down to up (both 0 or more, in small units of m) with at most
 * about `lines` grid lines. Zero is on a grid line; nothing at all gives 0
 * to 1.
 */
struct scale scale_fit(int64_t up, int64_t down, int lines,
		       const struct measure *m);

/* How many characters to keep free for the labels of this scale. */
int scale_label_length(const struct scale *s);

#endif
