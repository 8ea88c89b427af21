/*
 * CRC-16/ARC: polynomial 0x8005 reflected, start 0, no final xor; "123456789"
 * gives 0xBB3D. Source: DSMR 5.0.2 P1 companion standard, section 6.2.
 */
#ifndef TELEGRAM_CRC16_H
#define TELEGRAM_CRC16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Continue from `crc` (0 to start) over n bytes; p may be NULL if n is 0. */
uint16_t crc16(uint16_t crc, const void *p, size_t n);

/*
 * Step back over one byte: returns the register before it, given `crc` after
 * it. Run backwards from the CRC of a meter, the register is 0 exactly where
 * its data may start.
 */
uint16_t crc16_undo(uint16_t crc, unsigned char byte);

/*
 * Step back from the register *crc over the *n bytes at p, from the last to the
 * first, to a byte `start` before which the register is 0: data with that CRC
 * may start there. Returns true, with its offset in *n and 0 in *crc, so that
 * the next call can continue; returns false if there is no such byte.
 */
bool crc16_undo_to(const char *p, size_t *n, uint16_t *crc, char start);

/*
 * Returns the CRC of a text whose line ends were changed in transit: each LF
 * counts as CR LF; other CRs do not count.
 */
uint16_t crc16_restored(const char *p, size_t n);

#endif
