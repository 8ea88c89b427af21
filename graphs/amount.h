/* Format amounts: "1 234.567 kWh". */
#ifndef GRAPHS_AMOUNT_H
#define GRAPHS_AMOUNT_H

#include <stdint.h>

#include "graphs/scale.h"

enum { AMOUNT_TEXT = 64 }; /* bytes, NUL included */

/*
 * Format a count of small units in a measure, rounded to its decimals (half
 * away from zero), with thousands separated by a narrow no-break space. Returns
 * buf.
 */
char *amount_format(char buf[static AMOUNT_TEXT], int64_t value,
		    const struct measure *m);

#endif
