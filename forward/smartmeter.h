/*
 * The nested document of "Smart Meter Service" (and of smeterd, whose keys it
 * took), for those who have built on it. Source: OnnoH/smart-meter-service,
 * src/telegram.py. Every key is always there; what is not known is null.
 */
#ifndef FORWARD_SMARTMETER_H
#define FORWARD_SMARTMETER_H

#include <stddef.h>

#include "telegram/reading.h"

enum { SMARTMETER_MAX = 40960 }; /* bytes that always suffice, NUL included */

/* Write it into buf of `size` bytes; its length, 0 when that is too little. */
size_t smartmeter(const struct reading *r, char *buf, size_t size);

#endif
