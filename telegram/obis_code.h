/*
 * An OBIS reference A-B:C.D.E as one number, so that a switch can look it up:
 *
 *   switch (obis_parse(line.obis)) {
 *   case OBIS(1, 0, 1, 8, 1):
 */
#ifndef TELEGRAM_OBIS_CODE_H
#define TELEGRAM_OBIS_CODE_H

#include <stdint.h>

#include "base/span.h"

/* A and B from 0 to 15; C, D and E from 0 to 255. */
#define OBIS(a, b, c, d, e)                                                    \
	((uint32_t)(a) << 28 | (uint32_t)(b) << 24 | (uint32_t)(c) << 16 |     \
	 (uint32_t)(d) << 8 | (uint32_t)(e))

#define OBIS_NONE OBIS(15, 15, 255, 255, 255)

/* Read "1-0:1.8.1"; a group F ("*255", ".255") is dropped. */
uint32_t obis_parse(struct span s); /* OBIS_NONE: not a reference */

/* Group B of a reference: the channel of an M-Bus meter. */
static inline int obis_channel(uint32_t obis)
{
	return (int)(obis >> 24 & 15);
}

/* The same reference with B = 0. */
static inline uint32_t obis_without_channel(uint32_t obis)
{
	return obis & ~OBIS(0, 15, 0, 0, 0);
}

/*
 * The reference used by most meters for the same value: Switzerland prints
 * registers, power and demand with B = 1, some EasyMeters power with E = 255,
 * "not used".
 */
uint32_t obis_common(uint32_t obis);

#endif
