/*
 * CRC-16/ARC by carry-less multiplication, on processors that have it. Internal
 * to telegram/crc16.c, which has tables for the others.
 */
#ifndef TELEGRAM_CRC16_FOLD_H
#define TELEGRAM_CRC16_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOLDED = 16, FOLD_LEAST = 64 }; /* bytes */

/* Does this processor have it? The answer never changes. */
bool crc16_can_fold(void);

/*
 * Fill `out` with bytes whose CRC, from 0, is that of the n bytes at p, from
 * `crc`. n is a multiple of FOLDED and at least FOLD_LEAST. Call it only if
 * crc16_can_fold.
 */
void crc16_fold(uint16_t crc, const unsigned char *p, size_t n,
		unsigned char out[static FOLDED]);

#endif
