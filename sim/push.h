/*
 * What meters send over the same plug where the grid company chose no P1: a
 * DLMS push, a data-notification in one HDLC frame.
 */
#ifndef SIM_PUSH_H
#define SIM_PUSH_H

#include <stddef.h>
#include <stdint.h>

#include "sim/display.h"

enum { PUSH_SIZE = 1024 }; /* bytes that always suffice */

/*
 * Write the frame with what the face shows, flag to flag. Returns its length.
 * Source: ISO/IEC 13239, frame type 3; IEC 62056-5-3, data-notification; the
 * order of parts is that of Norway's meters.
 */
size_t push_frame(const struct display *f, uint8_t out[static PUSH_SIZE]);

#endif
