/*
 * CRC-16/ARC: polynomial 0x8005 reflected, start 0, no final xor; of
 * "123456789" 0xBB3D. Source: DSMR 5.0.2 P1 companion standard, section 6.2.
 */
#ifndef TELEGRAM_CRC16_H
#define TELEGRAM_CRC16_H

#include <stddef.h>
#include <stdint.h>

/* Go on from `crc` (0 to begin) over n bytes; p may be NULL when n is 0. */
uint16_t crc16(uint16_t crc, const void *p, size_t n);

/*
 * Go back over one byte: the register before it, when it is `crc` behind it.
 * Run backwards from the CRC that a meter sent, the register is 0 exactly where
 * the bytes that this CRC covers may have begun.
 */
uint16_t crc16_undo(uint16_t crc, unsigned char byte);

/*
 * The CRC of a text as it was before something on the way changed its line
 * ends: each LF counts as CR LF, and no other CR counts.
 */
uint16_t crc16_restored(const char *p, size_t n);

#endif
