/* A vertical axis with round numbers. */
#ifndef GRAPHS_ROUND_SCALE_H
#define GRAPHS_ROUND_SCALE_H

#include <stdint.h>

/* A display unit for a stored small unit. */
struct measure {
	const char *unit; /* "kWh" */
	int64_t size;	  /* small units (Wh) per unit */
	int decimals;	  /* needed to show every small unit */
};

struct scale {
	double low, high; /* ends, in `unit` */
	double step;	  /* between grid lines */
	int decimals;	  /* needed by a label */
	const char *unit; /* static storage */
	int64_t size;	  /* small units per unit */
};

/*
 * Fractions of the axis that stay empty above and below; each is less than 0.5.
 */
struct air {
	double above, below;
};

/*
 * Fit a scale from -down to up (both >= 0, in small units of m), with `air`
 * beyond both ends and at most `lines` grid lines at 1, 2 or 5 times a power of
 * ten. Zero is on a grid line; an empty range gives 0 to 1.
 */
struct scale scale_fit(int64_t up, int64_t down, struct air air, int lines,
		       const struct measure *m);

#endif
