/* A vertical axis with round numbers. */
#ifndef GRAPHS_SCALE_H
#define GRAPHS_SCALE_H

#include <stdint.h>

/* A display unit for a stored small unit. */
struct measure {
	const char *unit; /* "kWh" */
	int64_t size;	  /* small units (Wh) per unit */
	int decimals;	  /* needed to show every small unit */
};

struct scale {
	double low, high; /* ends, in `measure.unit` */
	double step;	  /* between grid lines */
	int decimals;	  /* needed by a label */
	const char *unit; /* static storage */
	int64_t size;	  /* small units per unit */
};

/*
 * Fit a scale from -down to up (both >= 0, in small units of m) with at most
 * about `lines` grid lines. Zero is on a grid line; an empty range gives 0 to
 * 1.
 */
struct scale scale_fit(int64_t up, int64_t down, int lines,
		       const struct measure *m);

/* Number of characters to reserve for the labels. */
int scale_label_length(const struct scale *s);

#endif
