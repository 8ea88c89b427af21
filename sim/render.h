/* Write a meter's display as a telegram in a dialect. */
#ifndef SIM_RENDER_H
#define SIM_RENDER_H

#include <stddef.h>

#include "sim/dialect.h"
#include "sim/display.h"

enum { TELEGRAM_SIZE = 8192 }; /* a sufficient buffer size */

/*
 * Write the telegram, from '/' to the line end after the CRC. Returns its
 * length.
 */
size_t render(const struct dialect *d, const struct display *f,
	      char out[static TELEGRAM_SIZE]);

#endif
