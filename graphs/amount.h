/* Amounts in words: "1 234.567 kWh". */
#ifndef GRAPHS_AMOUNT_H
#define GRAPHS_AMOUNT_H

#include <stdint.h>

#include "graphs/scale.h"

enum { AMOUNT_TEXT = 64 }; /* bytes, NUL included */

/*
 * A count of small units in a measure, rounded to its decimals (half away
 * from zero), thousands set apart by a narrow space that does not break.
 * Returns buf.
 */
char *amount_format(char buf[static AMOUNT_TEXT], int64_t value,
		    const struct measure *m);

#endif
