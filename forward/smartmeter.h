/*
 * The nested document of "Smart Meter Service" (and smeterd, whose keys it
 * uses), for programs built on it. Source: OnnoH/smart-meter-service,
 * src/telegram.py. All keys are always present; unknown values are null.
 */
#ifndef FORWARD_SMARTMETER_H
#define FORWARD_SMARTMETER_H

#include <stddef.h>

#include "telegram/reading.h"

enum { SMARTMETER_MAX = 40960 }; /* a sufficient buffer size, NUL included */

/*
 * Write it to buf of `size` bytes. Returns its length; 0 if `size` is too
 * small.
 */
size_t smartmeter(const struct reading *r, char *buf, size_t size);

#endif
