/* A meter's face as the bytes of a telegram in one dialect. */
#ifndef SIM_RENDER_H
#define SIM_RENDER_H

#include <stddef.h>

#include "sim/dialect.h"
#include "sim/display.h"

enum { TELEGRAM_SIZE = 8192 }; /* bytes that always suffice */

/* Write the telegram, '/' to the line end behind the CRC. Returns its length.
 */
size_t render(const struct dialect *d, const struct display *f,
	      char out[static TELEGRAM_SIZE]);

#endif
