/*
 * CRC-16/ARC by carry-less multiplication, where the processor has it. For
 * telegram/crc16.c, which works without.
 */
#ifndef TELEGRAM_CRC16_FOLD_H
#define TELEGRAM_CRC16_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOLDED = 16, FOLD_LEAST = 64 }; /* bytes */

/* Does this processor have it? The same answer each time. */
bool crc16_can_fold(void);

/*
 * Continue from `crc` over the first n bytes at p, at least FOLD_LEAST and a
 * multiple of FOLDED: fills `out` with FOLDED bytes that have, from 0, the same
 * CRC. Only if crc16_can_fold.
 */
void crc16_fold(uint16_t crc, const unsigned char *p, size_t n,
		unsigned char out[static FOLDED]);

#endif
