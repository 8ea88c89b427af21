/* Explain the CRC of a telegram that is complete but refused. Pure. */
#ifndef LOGGER_DIAGNOSE_CRC_VARIANT_H
#define LOGGER_DIAGNOSE_CRC_VARIANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/*
 * Would `crc` be right for the text from '/' to '!' if each line ended with CR
 * LF? Its lines may end with LF, CR, LF LF, or CR CR LF.
 */
bool crc_of_changed_ends(struct span text, uint16_t crc);

/*
 * Is it another CRC-16 of this text, such as X.25 or MODBUS, in either byte
 * order, with or without the '!'; or that of P1 without the '!'?
 */
bool crc_of_another_kind(struct span text, uint16_t crc);

#endif
