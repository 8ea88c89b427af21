/*
 * What meters send over the same connector if the grid operator did not choose
 * P1: a DLMS push, a data-notification in one HDLC frame.
 */
#ifndef SIM_DLMS_PUSH_H
#define SIM_DLMS_PUSH_H

#include <stddef.h>
#include <stdint.h>

#include "sim/display.h"

enum { DLMS_PUSH_SIZE = 1024 }; /* a sufficient buffer size */

/*
 * Write the frame with the display's values, from flag to flag. Returns its
 * length. Source: ISO/IEC 13239, frame type 3; IEC 62056-5-3,
 * data-notification; the order of parts is that of Norwegian meters.
 */
size_t dlms_push_frame(const struct display *f,
		       uint8_t out[static DLMS_PUSH_SIZE]);

#endif
